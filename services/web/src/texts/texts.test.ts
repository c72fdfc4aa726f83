// SPDX-License-Identifier: Apache-2.0
// @vitest-environment node
// Texts stand in this folder and nowhere else.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are templates in the sources that are looked through
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findEnglish } from '../testing/english';

const root = join(import.meta.dirname, '..');

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (name) =>
    /\.tsx?$/.test(name) &&
    !/\.test\.tsx?$/.test(name) &&
    !/^(texts|testing)\//.test(name) &&
    name !== 'api/types.ts',
);

/** What reads like English and is none, by file. */
const noTexts: Record<string, RegExp> = {
  'api/client.ts': /^`Bearer \$/,
  'charts/theme.ts': /prefers-color-scheme/,
  // Commands and code to be copied.
  'views/reference/commands.ts':
    /curl|nats sub|EventSource|JSON\.parse|console\.log|addEventListener/,
  'views/reference/openapi.ts': /curl|content-type/,
};

describe('English texts', () => {
  it.each(sources)('are not in %s', (name) => {
    const found = findEnglish(name, readFileSync(join(root, name), 'utf8'));
    expect(found.filter(({ text }) => !noTexts[name]?.test(text))).toEqual([]);
  });

  it('are looked for in all of the front end', () => {
    expect(sources).toContain('components/Shell.tsx');
    expect(sources).toContain('charts/shapes/trend.ts');
    for (const name of Object.keys(noTexts)) expect(sources).toContain(name);
  });
});

describe('what finds them', () => {
  it.each([
    ['an element', '<p>{n} open</p>'],
    ['an expression', "<p>{'open'}</p>"],
    ['a ternary', "<p>{n > 1 ? 'open' : 'shut'}</p>"],
    ['a label', '<button aria-label="close" />'],
    ['a chosen label', "<button title={open ? 'shut' : `open`} />"],
    ['a placeholder', '<input placeholder={"name"} />'],
    ['an image', '<img alt="logo" />'],
    ['a constant', "const words = 'Nothing here'; <p>{words}</p>"],
    ['a capitalised constant', "const word = 'Nothing'; <p>{word}</p>"],
    ['a template', 'const words = `${n} days`; <p>{words}</p>'],
    ['a sum', "const words = n + ' days ago'; <p>{words}</p>"],
    ['a table of words', "const words = { open: 'Still open' };"],
    ['an option', "const option = { value: 'a', label: 'share' };"],
    ['a column', "const table = { head: ['n', ...names] };"],
    ['a tooltip', 'const item = { tip: [name, `n ${n}`] };'],
    ['an argument', "announce('Copied.');"],
  ])('finds %s', (_, source) => {
    expect(findEnglish('x.tsx', source)).not.toEqual([]);
  });

  it.each([
    ['a module', "import { a } from './Some Module'; const b = import('./Other');"],
    ['a type', "type Word = 'Some words';"],
    ['a comparison', "if (event.key === 'Enter') go(); switch (x) { case 'Two words': }"],
    ['an error of ours', "throw new Error('No such thing.');"],
    ['names', "<p className=\"a\" data-x={open ? 'b' : 'c'}>{texts.open}</p>"],
    ['marks', '<p>· {n} – {m} %</p>'],
    ['a number with its unit of layout', 'const style = { height: `${n}px`, title: texts.x };'],
  ])('lets %s pass', (_, source) => {
    expect(findEnglish('x.tsx', source)).toEqual([]);
  });
});
