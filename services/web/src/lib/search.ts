// SPDX-License-Identifier: Apache-2.0
// The query part of the page's URL, as a person would write it: `?provider=openai,anthropic&q=login`.

// Signs that separate lists, ids and pairs, and mean nothing in a query: , / : ; ~
const readable = /%(?:2C|2F|3A|3B|7E)/g;

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const parts = Object.entries(search)
    .filter(([, value]) => typeof value === 'string' && value !== '')
    .map(([name, value]) => {
      const encoded = encodeURIComponent(String(value)).replace(readable, decodeURIComponent);
      return `${encodeURIComponent(name)}=${encoded.replace(/%20/g, '+')}`;
    });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
