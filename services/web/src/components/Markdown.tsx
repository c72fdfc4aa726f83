// SPDX-License-Identifier: Apache-2.0
// Text of a status page with the little Markdown that providers write. Its words become elements made here, one by one:
// no HTML is taken over, markup in the text stays visible as text, and only web addresses become links.
import { lexer, type Token, type Tokens } from 'marked';
import { type ReactNode, useMemo } from 'react';
import { plainText, webUrl } from '../lib/text';
import styles from './Markdown.module.css';

// What is longer, or nested deeper, is nobody's prose: it is shown as it is.
const longest = 8000;
const deepest = 12;

const options = { gfm: true, breaks: true } as const;

function Inline({ tokens, depth }: { tokens: readonly Token[] | undefined; depth: number }) {
  return tokens?.map((token, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
    <InlineToken key={at} token={token} depth={depth + 1} />
  ));
}

function InlineToken({ token, depth }: { token: Token; depth: number }): ReactNode {
  if (depth > deepest) return token.raw;
  const inner = 'tokens' in token ? <Inline tokens={token.tokens} depth={depth} /> : undefined;
  switch (token.type) {
    case 'strong':
      return <strong>{inner}</strong>;
    case 'em':
      return <em>{inner}</em>;
    case 'del':
      return <s>{inner}</s>;
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>;
    case 'br':
      return <br />;
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'link': {
      const url = webUrl((token as Tokens.Link).href);
      return url === undefined ? (
        token.raw
      ) : (
        <a href={url} rel="noopener noreferrer nofollow" target="_blank">
          {inner}
        </a>
      );
    }
    case 'text':
      return inner ?? (token as Tokens.Text).text;
    default:
      return token.raw; // HTML and images among them
  }
}

function Blocks({ tokens, depth }: { tokens: readonly Token[]; depth: number }) {
  return tokens.map((token, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
    <Block key={at} token={token} depth={depth + 1} />
  ));
}

function Block({ token, depth }: { token: Token; depth: number }): ReactNode {
  if (token.type === 'space' || token.type === 'def') return null;
  if (depth > deepest) return <p>{token.raw}</p>;
  switch (token.type) {
    case 'heading':
      return (
        <p>
          <strong>
            <Inline tokens={(token as Tokens.Heading).tokens} depth={depth} />
          </strong>
        </p>
      );
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      const List = ordered ? 'ol' : 'ul';
      return (
        <List>
          {items.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
            <li key={at}>
              <Blocks tokens={item.tokens} depth={depth} />
            </li>
          ))}
        </List>
      );
    }
    case 'blockquote':
      return (
        <blockquote>
          <Blocks tokens={(token as Tokens.Blockquote).tokens} depth={depth} />
        </blockquote>
      );
    case 'code':
      return (
        <pre>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      );
    case 'hr':
      return <hr />;
    case 'paragraph':
    case 'text':
      return (
        <p>
          {'tokens' in token && token.tokens ? (
            <Inline tokens={token.tokens} depth={depth} />
          ) : (
            token.raw
          )}
        </p>
      );
    default:
      return <p>{token.raw}</p>; // HTML and tables among them
  }
}

/** Undefined for a text that is better shown as it is. */
function tokensOf(plain: string): readonly Token[] | undefined {
  if (plain.length > longest) return undefined;
  try {
    return lexer(plain, options);
  } catch {
    return undefined; // thousands of nested quotes exhaust the lexer's stack
  }
}

export function Markdown({ text }: { text: string }) {
  const { plain, tokens } = useMemo(() => {
    const plain = plainText(text);
    return { plain, tokens: tokensOf(plain) };
  }, [text]);
  return (
    <div className={styles.text} dir="auto">
      {tokens ? <Blocks tokens={tokens} depth={0} /> : <p>{plain}</p>}
    </div>
  );
}
