// SPDX-License-Identifier: Apache-2.0
// Lengths of time in human units: two units, the second only where it still says something.

export const secondsBetween = (from: string, to: string | Date): number =>
  Math.max(0, Math.round((new Date(to).getTime() - new Date(from).getTime()) / 1000));

/** "2 h 20 min", "3 d 4 h", "45 min", "30 s". */
export function humanDuration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return two(hours, 'h', minutes % 60, 'min');
  const days = Math.floor(hours / 24);
  return days < 14 ? two(days, 'd', hours % 24, 'h') : `${days} d`;
}

const two = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;

/** "8,400 seconds": the exact value, for the hover text. */
export const exactSeconds = (seconds: number): string =>
  `${seconds.toLocaleString('en-GB')} ${seconds === 1 ? 'second' : 'seconds'}`;
