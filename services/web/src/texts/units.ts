// SPDX-License-Identifier: Apache-2.0
// Lengths of time, times and numbers, as the functions that format them write them.

export const units = { second: 's', minute: 'min', hour: 'h', day: 'd' };

export const seconds = (n: number): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? 'second' : 'seconds'}`;

export const inUtc = (day: string, clock: string): string => `${day} ${clock} UTC`;

export const numbers = {
  any: 'any',
  chance: (p: string) => `p = ${p}`,
  noChance: 'p < 0.001',
  pair: (heading: string, detail: string) => `${heading}: ${detail}`,
  range: (low: string, high: string) => `${low} – ${high}`,
  fromTo: (low: string, high: string) => `${low} to ${high}`,
};
