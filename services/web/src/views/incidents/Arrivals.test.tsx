// SPDX-License-Identifier: Apache-2.0
import { act, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { incident, maintenance } from '../../testing/samples';
import { Arrivals } from './Arrivals';

const scrollTo = (y: number) =>
  act(() => {
    Object.defineProperty(window, 'scrollY', { value: y, configurable: true });
    window.dispatchEvent(new Event('scroll'));
  });

describe('Arrivals', () => {
  const planned = maintenance();
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((native_id) => incident({ native_id }));
  if (!a || !b || !c || !d) throw new Error('four incidents');

  it('counts what came above the reader, also below a planned maintenance', async () => {
    await scrollTo(0);
    const { rerender } = render(<Arrivals incidents={[planned, b]} />);
    await scrollTo(2000);
    expect(screen.queryByRole('button')).toBeNull();
    rerender(<Arrivals incidents={[planned, a, b]} />);
    expect(screen.getByRole('button').textContent).toBe('1 new incident above');
    rerender(<Arrivals incidents={[planned, c, a, b, d]} />);
    expect(screen.getByRole('button').textContent).toBe('2 new incidents above');
    await scrollTo(0);
    expect(screen.queryByRole('button')).toBeNull();
    await scrollTo(2000);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('does not count what the reader loads', async () => {
    await scrollTo(2000);
    const { rerender } = render(<Arrivals incidents={[a, b]} />);
    rerender(<Arrivals incidents={[a, b, c, d]} />);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
