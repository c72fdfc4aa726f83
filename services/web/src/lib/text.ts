// SPDX-License-Identifier: Apache-2.0
// Text of status pages is anybody's text. React shows it as text, never as markup; this takes out what would still
// disturb the page around it.

// Control characters but tab and newline, bidirectional embeddings, overrides and isolates, and the byte order mark.
const disturbing = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The same text without control and bidi formatting characters, with "\n" line ends. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(disturbing, '').trim();
}

/** One line of at most `most` characters. */
export function oneLine(text: string, most = 300): string {
  const line = plainText(text).replace(/\s+/g, ' ');
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}

/** The URL when it leads to a web page, undefined for anything else (`javascript:` and the like). */
export function webUrl(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** A colour of the catalog as CSS, or undefined where it is none. */
export function cssColor(color: string | undefined): string | undefined {
  return color !== undefined && /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color) ? color : undefined;
}

/** `no_pre_resolution_stage` -> "no pre resolution stage": for words that the texts do not know yet. */
export const spaced = (slug: string): string => slug.replace(/[_-]+/g, ' ');

/** Lines do not break between a number and its unit. */
export const keptTogether = (text: string): string =>
  text.replace(/(?<=\d) (?=(%|s|min|h|d)(?![\p{L}\d]))/gu, '\u00a0');
