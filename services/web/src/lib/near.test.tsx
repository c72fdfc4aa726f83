// SPDX-License-Identifier: Apache-2.0
import { act, render, screen } from '@testing-library/react';
import { useRef, useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useLate, useNear } from './near';

let see: (isIntersecting: boolean) => void;
let margin: string | undefined;

beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(
        tell: (entries: { isIntersecting: boolean }[]) => void,
        { rootMargin }: { rootMargin: string },
      ) {
        margin = rootMargin;
        see = (isIntersecting) => act(() => tell([{ isIntersecting }]));
      }
      observe() {}
      disconnect() {}
    },
  );
});

/** Every value that was rendered, in their order. */
const rendered: string[] = [];

function Value({ value, top }: { value: string; top: number }) {
  const place = useRef<HTMLParagraphElement>(null);
  const near = useNear(place, 100);
  const shown = useLate(value, near) ?? 'nothing';
  if (rendered.at(-1) !== shown) rendered.push(shown);
  return (
    <p
      ref={(element) => {
        if (element) element.getBoundingClientRect = () => ({ top, bottom: top + 10 }) as DOMRect;
        place.current = element;
      }}
    >
      {shown}
    </p>
  );
}

let change: (value: string) => void;

function Page({ top }: { top: number }) {
  const [value, setValue] = useState('one');
  change = (next) => act(() => setValue(next));
  return <Value value={value} top={top} />;
}

function show(top: number) {
  rendered.length = 0;
  render(<Page top={top} />);
}

describe('what is near', () => {
  it('is known from the first, and follows what is seen', () => {
    show(50);
    expect(screen.getByText('one')).toBeTruthy();
    expect(margin).toBe('100px');
    rendered.length = 0;
    change('two');
    // At once: the old value is not rendered again.
    expect(rendered).toEqual(['two']);
  });

  it('includes the margin and no more', () => {
    const edge = window.innerHeight + 100;
    show(edge - 1);
    expect(rendered.slice(0, 2)).toEqual(['nothing', 'one']);
    change('two');
    expect(rendered.at(-1)).toBe('two');
  });
});

describe('what is far', () => {
  it('comes later, but comes', () => {
    show(window.innerHeight + 5000);
    expect(rendered).toEqual(['nothing', 'one']);
    change('two');
    expect(rendered).toEqual(['nothing', 'one', 'two']);
    see(true);
    change('three');
    expect(screen.getByText('three')).toBeTruthy();
  });
});
