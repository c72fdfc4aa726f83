// SPDX-License-Identifier: Apache-2.0
import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Markdown } from './Markdown';

const shown = (text: string) => {
  const { container } = render(<Markdown text={text} />);
  return container.firstElementChild as HTMLElement;
};

describe('the text of an update', () => {
  it('is formatted as providers mean it', () => {
    const text = shown('We **know** the `cause`:\n\n- one\n- two\n\n[More](https://example.com/x)');
    expect(text.querySelector('strong')?.textContent).toBe('know');
    expect(text.querySelector('code')?.textContent).toBe('cause');
    expect([...text.querySelectorAll('li')].map((li) => li.textContent)).toEqual(['one', 'two']);
    const link = text.querySelector('a');
    expect(link?.href).toBe('https://example.com/x');
    expect(link?.rel).toContain('nofollow');
  });

  it('keeps line breaks and does not eat what looks like markup', () => {
    const text = shown('p95 < 5 s & rising\nnext_line_with_underscores');
    expect(text.textContent).toContain('p95 < 5 s & rising');
    expect(text.textContent).toContain('next_line_with_underscores');
    expect(text.querySelector('br')).toBeTruthy();
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '![x](https://evil.example/x.png)',
    '<a href="javascript:alert(1)">x</a>',
    '<style>*{display:none}</style>',
    '[x]: javascript:alert(1)\n\n[x]',
    '<svg/onload=alert(1)>',
    '| a |\n|---|\n| <script>1</script> |',
  ])('makes nothing of %s', (evil) => {
    const text = shown(`before ${evil}\n\n${evil}`);
    expect(text.querySelector('script, img, style, svg, iframe')).toBeNull();
    for (const link of text.querySelectorAll('a')) expect(link.href).toMatch(/^https?:/);
  });

  it('takes out what would turn the page around', () => {
    expect(shown('a\u202eb\u2066c').textContent).toBe('abc');
  });

  it('shows a monster as it is, without choking on it', () => {
    expect(shown('*'.repeat(100_000)).textContent).toHaveLength(100_000);
    expect(shown(`${'> '.repeat(400)}x`).textContent).toContain('x');
    expect(shown('>'.repeat(7000)).textContent).toContain('>');
    expect(shown('[a](b'.repeat(1500)).textContent).toContain('[a](b');
  });
});
