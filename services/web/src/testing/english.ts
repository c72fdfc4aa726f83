// SPDX-License-Identifier: Apache-2.0
// Finds what a user might read in the source of a file: whatever JSX shows, and every other string that reads like
// English or stands where a text belongs. Also what is hidden in a constant, a template, a ternary or a list.
import ts from 'typescript';

export interface Found {
  line: number;
  text: string;
}

/** Attributes and properties whose value is read or heard. */
const spoken = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'head',
  'hint',
  'label',
  'note',
  'placeholder',
  'text',
  'tip',
  'title',
]);

const letters = /\p{L}/u;
// Two words, a capitalised word, or the end of a sentence.
const english = [/\p{L}[,:;.]? +\p{L}/u, /^\p{Lu}\p{Ll}/u, /\p{L}\p{Ll}+[.?!…]$/u];
// A word beside a variable part: "${n} days".
const besideValue = /\s\p{L}{2,}(\s|$)|(^|\s)\p{L}{2,}\s/u;

const parts = (node: ts.TemplateExpression): string[] => [
  node.head.text,
  ...node.templateSpans.map(({ literal }) => literal.text),
];

/** What a string is a value of, through lists, ternaries, operators and parentheses. */
function purpose(node: ts.Node): ts.Node {
  const { parent } = node;
  const carries =
    ts.isArrayLiteralExpression(parent) ||
    ts.isConditionalExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isAsExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isTemplateExpression(parent) ||
    (ts.isBinaryExpression(parent) && !isComparison(parent));
  return carries ? purpose(parent) : parent;
}

const isComparison = (node: ts.Node): boolean =>
  ts.isCaseClause(node) ||
  (ts.isBinaryExpression(node) && /^([!=]==?|in)$/.test(node.operatorToken.getText()));

function isSpoken(node: ts.Node): boolean {
  const holder = purpose(node);
  if (ts.isPropertyAssignment(holder)) return spoken.has(holder.name.getText());
  if (ts.isJsxAttribute(holder)) return spoken.has(holder.name.getText());
  if (!ts.isJsxExpression(holder)) return false;
  return !ts.isJsxAttribute(holder.parent) || spoken.has(holder.parent.name.getText());
}

/** Words for who reads the code or the console: names of modules and types, what an error says of itself. */
const isTechnical = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  ts.isLiteralTypeNode(node) ||
  (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) ||
  (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) ||
  (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) ||
  (ts.isJsxAttribute(node) && node.name.getText() === 'rel') ||
  // The component of a page that is loaded when it is opened.
  (ts.isCallExpression(node) && node.expression.getText() === 'lazyRouteComponent') ||
  // this.name = '…Error'
  (ts.isBinaryExpression(node) && node.left.getText() === 'this.name');

/** In a file of that name (which tells whether it has JSX). */
export function findEnglish(name: string, source: string): Found[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const add = (node: ts.Node) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push({ line: line + 1, text: node.getText().trim() });
  };
  const visit = (node: ts.Node): void => {
    if (isTechnical(node)) return;
    if (ts.isJsxText(node)) {
      if (letters.test(node.text)) add(node);
      return;
    }
    if (ts.isStringLiteralLike(node) && !isComparison(node.parent)) {
      const said = english.some((look) => look.test(node.text));
      if (said || (letters.test(node.text) && isSpoken(node))) add(node);
    } else if (ts.isTemplateExpression(node)) {
      const texts = parts(node);
      const said = texts.some(
        (text) => besideValue.test(text) || english.some((look) => look.test(text)),
      );
      if (said || (texts.some((text) => letters.test(text)) && isSpoken(node))) add(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
