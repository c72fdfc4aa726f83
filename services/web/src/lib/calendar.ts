// SPDX-License-Identifier: Apache-2.0
// Days of availability, in the classes that the strips and calendars draw.
import type { AvailabilityResult } from '../api/models';

export const dayLevels = ['fine', 'minor', 'major', 'critical', 'none'] as const;
export type DayLevel = (typeof dayLevels)[number];

export interface DayValue {
  date: string;
  /** Percent; null where nothing is known. */
  value: number | null;
  level: DayLevel;
}

export function levelOf(value: number | null | undefined): DayLevel {
  if (value == null) return 'none';
  if (value >= 100) return 'fine';
  return value >= 99 ? 'minor' : value >= 90 ? 'major' : 'critical';
}

/** The days of one service; empty where the answer does not know it. */
export function daysOf(result: AvailabilityResult | undefined, service: string): DayValue[] {
  const group = result?.groups.find((each) => each.group === service);
  if (!result || !group) return [];
  return result.dates.map((date, at) => {
    const value = group.availability[at] ?? null;
    return { date, value, level: levelOf(value) };
  });
}

export function mean(days: readonly DayValue[]): number | undefined {
  const known = days.flatMap(({ value }) => (value === null ? [] : [value]));
  return known.length === 0
    ? undefined
    : known.reduce((total, value) => total + value, 0) / known.length;
}

/** Columns of weeks, Monday on top; days before the first are undefined. */
export function weeksOf(days: readonly DayValue[]): (DayValue | undefined)[][] {
  const [first] = days;
  if (!first) return [];
  const lead = (new Date(first.date).getUTCDay() + 6) % 7;
  const cells: (DayValue | undefined)[] = [
    ...Array.from({ length: lead }, () => undefined),
    ...days,
  ];
  const weeks: (DayValue | undefined)[][] = [];
  for (let at = 0; at < cells.length; at += 7) weeks.push(cells.slice(at, at + 7));
  return weeks;
}
