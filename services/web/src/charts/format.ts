// SPDX-License-Identifier: Apache-2.0
// Numbers as people read them, and the table cells made of them.
import { exactSeconds, humanDuration } from '../lib/duration';
import { numbers } from '../texts/units';
import type { TableCell } from './shape';

export type Maybe = number | null | undefined;

export const none = '–';

// Made once: a drawing has thousands of numbers, and a formatter costs more than all it formats.
const formats = [0, 1, 2, 3, 4].map(
  (digits) => new Intl.NumberFormat('en-GB', { maximumFractionDigits: digits }),
);
const say = (value: number, digits: number): string =>
  formats[digits]?.format(value) ?? value.toFixed(digits);

export const integer = (n: Maybe): string => (n == null ? none : say(n, 3));

/** At most `digits` decimals; what is not exactly 0 or 100 never reads as such. */
export function percent(share: Maybe, digits = 1): string {
  if (share == null) return none;
  const step = 10 ** -digits;
  if (share > 0 && share < step / 2) return `< ${step} %`;
  if (share < 100 && share > 100 - step / 2) return `> ${(100 - step).toFixed(digits)} %`;
  return `${say(share, digits)} %`;
}

/** Exactly `digits` decimals, so that the numbers of a column stand under each other; 0 and 100 are just that. */
export function evenPercent(share: Maybe, digits: number): string {
  const short = percent(share, digits);
  if (share == null || share === 0 || share === 100 || /[<>]/.test(short)) return short;
  return `${share.toFixed(digits)} %`;
}

export const duration = (seconds: Maybe): string =>
  seconds == null ? none : humanDuration(seconds);

export const decimal = (value: Maybe, digits = 2): string =>
  value == null ? none : say(value, digits);

export function pValue(p: Maybe): string {
  if (p == null) return none;
  return p < 0.001 ? numbers.noChance : numbers.chance(p.toFixed(3));
}

export const countCell = (n: Maybe, cell?: string): TableCell => ({
  text: integer(n),
  // Nothing lies behind a zero.
  ...(cell !== undefined && n != null && n > 0 && { cell }),
});

export const durationCell = (seconds: Maybe, cell?: string): TableCell => ({
  text: duration(seconds),
  ...(seconds != null && { title: exactSeconds(Math.round(seconds)) }),
  ...(cell !== undefined && seconds != null && { cell }),
});

export const shareCell = (share: Maybe, cell?: string): TableCell => ({
  text: percent(share),
  ...(share != null && { title: `${share} %` }),
  ...(cell !== undefined && share != null && share > 0 && { cell }),
});

export const textCell = (text: string): TableCell => ({ text });

/** "group:<provider>/<service>;gt:60": the name of one number, as the API reads it. */
export const cellKey = (parts: Record<string, string | number | undefined>): string =>
  Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}:${value}`)
    .join(';');

/** "≤ 30 min", "1 h – 3 h", "> 1 d". */
export function between(gt: Maybe, le: Maybe): string {
  if (gt == null) return le == null ? numbers.any : `≤ ${humanDuration(le)}`;
  return le == null ? `> ${humanDuration(gt)}` : `${humanDuration(gt)} – ${humanDuration(le)}`;
}

/** The items with the lowest and the highest value; undefined where there are fewer than two. */
export function extremes<T>(
  items: readonly T[],
  value: (item: T) => Maybe,
): { low: T; high: T } | undefined {
  const known = items.filter((item) => value(item) != null);
  if (known.length < 2) return undefined;
  const sorted = known.toSorted((a, b) => (value(a) ?? 0) - (value(b) ?? 0));
  const low = sorted[0];
  const high = sorted.at(-1);
  return low === undefined || high === undefined ? undefined : { low, high };
}

export const sum = (values: readonly Maybe[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);
