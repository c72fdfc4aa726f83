// SPDX-License-Identifier: Apache-2.0
// A stretch of a time axis: from one of its categories to another, both included.

export interface Stretch {
  from: number;
  to: number;
}

export type End = 'from' | 'to';

export const whole = (steps: number): Stretch => ({ from: 0, to: steps - 1 });

/** Between two places in either order, and on the axis. */
export function between(one: number, other: number, steps: number): Stretch {
  const onAxis = (place: number) => Math.min(steps - 1, Math.max(0, Math.round(place)));
  const [a, b] = [onAxis(one), onAxis(other)];
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

/** With one end somewhere else; it does not pass the other. */
export const moved = ({ from, to }: Stretch, end: End, place: number): Stretch =>
  end === 'from' ? { from: Math.min(place, to), to } : { from, to: Math.max(place, from) };
