// SPDX-License-Identifier: Apache-2.0
// Lengths of time in human units: two units, the second only where it still says something.
import { seconds as secondsInWords, units } from '../texts/units';

export const secondsBetween = (from: string, to: string | Date): number =>
  Math.max(0, Math.round((new Date(to).getTime() - new Date(from).getTime()) / 1000));

/** "2 h 20 min", "3 d 4 h", "45 min", "30 s". */
export function humanDuration(seconds: number): string {
  if (seconds < 60) return amount(Math.round(seconds), units.second);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return amount(minutes, units.minute);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return two(hours, units.hour, minutes % 60, units.minute);
  const days = Math.floor(hours / 24);
  return days < 14 ? two(days, units.day, hours % 24, units.hour) : amount(days, units.day);
}

const amount = (n: number, unit: string): string => `${n} ${unit}`;

const two = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? amount(big, bigUnit) : `${amount(big, bigUnit)} ${amount(small, smallUnit)}`;

/** "8,400 seconds": the exact value, for the hover text. */
export const exactSeconds = secondsInWords;
