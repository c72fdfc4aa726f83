// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it, vi } from 'vitest';
import { daysOf, levelOf, mean, weeksOf } from './calendar';
import {
  addDays,
  dayWords,
  isDate,
  midnight,
  monthAfter,
  monthWords,
  periodWords,
  shortDay,
  spanWords,
  today,
} from './zoned';

describe('days of a zone', () => {
  it('begin at its midnight, also where the clocks change', () => {
    expect(midnight('2024-08-28', 'UTC')).toBe('2024-08-28T00:00:00Z');
    expect(midnight('2024-08-28', 'Europe/Berlin')).toBe('2024-08-27T22:00:00Z');
    expect(midnight('2024-03-31', 'Europe/Berlin')).toBe('2024-03-30T23:00:00Z');
    expect(midnight('2024-04-01', 'Europe/Berlin')).toBe('2024-03-31T22:00:00Z');
    expect(midnight('2024-11-03', 'America/Los_Angeles')).toBe('2024-11-03T07:00:00Z');
    expect(midnight('2024-11-04', 'America/Los_Angeles')).toBe('2024-11-04T08:00:00Z');
    expect(midnight('2024-01-01', 'Asia/Kathmandu')).toBe('2023-12-31T18:15:00Z');
  });

  it('are named by the zone, not by UTC', () => {
    const late = new Date('2024-08-28T23:30:00Z');
    expect(today(late, 'UTC')).toBe('2024-08-28');
    expect(today(late, 'Europe/Berlin')).toBe('2024-08-29');
  });

  it('are counted by the calendar', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(monthAfter('2024-12')).toBe('2025-01-01');
    expect(['2024-02-29', '2023-02-29', '2024-1-1', 'x'].map(isDate)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('the calendar of a service', () => {
  const result = {
    dates: ['2024-08-27', '2024-08-28', '2024-08-29'],
    groups: [{ group: 'a/b', days: 2, availability: [null, 100, 80] }],
  };

  it('has a class for every day', () => {
    expect(daysOf(result, 'a/b').map(({ level }) => level)).toEqual(['none', 'fine', 'critical']);
    expect(daysOf(result, 'a/unknown')).toEqual([]);
    expect(daysOf(undefined, 'a/b')).toEqual([]);
    expect([100, 99.9999, 99, 98, 90, 89].map(levelOf)).toEqual([
      'fine',
      'minor',
      'minor',
      'major',
      'major',
      'critical',
    ]);
  });

  it('averages what is known', () => {
    expect(mean(daysOf(result, 'a/b'))).toBe(90);
    expect(mean([])).toBeUndefined();
  });

  it('stands in weeks that begin on Monday', () => {
    const weeks = weeksOf(daysOf(result, 'a/b')); // 27 August 2024 is a Tuesday
    expect(weeks).toHaveLength(1);
    expect(weeks[0]?.map((day) => day?.date)).toEqual([
      undefined,
      '2024-08-27',
      '2024-08-28',
      '2024-08-29',
    ]);
  });
});

describe('the zone of the pages', () => {
  it('is the chosen one, and the browser’s where none or nonsense is chosen', async () => {
    const zoneWith = async (stored: string | null) => {
      localStorage.clear();
      if (stored !== null) localStorage.setItem('fails.zone', stored);
      vi.resetModules();
      return import('./time');
    };
    expect((await zoneWith(null)).zone).toBe('Europe/Berlin');
    expect((await zoneWith('Middle/Earth')).zone).toBe('Europe/Berlin');
    const tokyo = await zoneWith('Asia/Tokyo');
    expect(tokyo.zone).toBe('Asia/Tokyo');
    expect(tokyo.dateTime('2024-08-28T18:16:00Z')).toBe('29 Aug 2024, 03:16');
    expect(tokyo.dayKey('2024-08-28T18:16:00Z')).toBe('2024-08-29');
    localStorage.clear();
  });
});

describe('days and months in words', () => {
  it('are named, and what is none stands for itself', () => {
    expect(dayWords('2024-08-01')).toBe('1 Aug 2024');
    expect(shortDay('2024-08-01')).toBe('1 Aug');
    expect(monthWords('2024-08')).toBe('Aug 2024');
    expect(dayWords('yesterday')).toBe('yesterday');
  });

  it('tell a period by its first and its last day', () => {
    expect(periodWords('2024-08-01', '2024-09-01')).toEqual(['1 Aug 2024', '31 Aug 2024']);
    expect(periodWords(undefined, '2024-09-01')).toEqual([undefined, '31 Aug 2024']);
    const berlin = {
      from: '2024-07-31T22:00:00Z',
      to: '2024-08-31T22:00:00Z',
      tz: 'Europe/Berlin',
    };
    expect(spanWords(berlin)).toEqual(['1 Aug 2024', '31 Aug 2024']);
  });
});
