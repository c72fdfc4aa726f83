// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { incident } from '../testing/samples';
import { humanDuration } from './duration';
import { cssColor, keptTogether, oneLine, plainText, webUrl } from './text';
import { clockTime, dateTime, dayName, utc, zoneOffset } from './time';
import { logShare, trackOf } from './track';

describe('plainText', () => {
  it('keeps markup as text and takes out what disturbs the page', () => {
    expect(plainText('<b>x</b>\r\n\u202eevil\u0000\u2066 ok\u0007')).toBe('<b>x</b>\nevil ok');
    expect(plainText('مرحبا naïve 日本 🚑')).toBe('مرحبا naïve 日本 🚑');
  });

  it('makes one bounded line', () => {
    expect(oneLine(' a\n\n b ')).toBe('a b');
    expect(oneLine('x'.repeat(100_000)).length).toBe(300);
  });
});

describe('keptTogether', () => {
  it('lets no line break between a number and its unit', () => {
    expect(keptTogether('from 1 h 46 min to 30 % of 4 days')).toBe(
      'from 1\u00a0h 46\u00a0min to 30\u00a0% of 4 days',
    );
  });
});

describe('webUrl', () => {
  it('lets only web addresses through', () => {
    expect(webUrl('https://status.openai.com/x')).toBe('https://status.openai.com/x');
    for (const bad of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,x',
      '//x',
      '/x',
      '',
    ]) {
      expect(webUrl(bad)).toBeUndefined();
    }
  });
});

describe('cssColor', () => {
  it('lets only hex colours through', () => {
    expect(cssColor('#10A37f')).toBe('#10A37f');
    expect(cssColor('url(//evil)')).toBeUndefined();
    expect(cssColor('#12345')).toBeUndefined();
  });
});

describe('times, in Europe/Berlin', () => {
  const iso = '2024-08-28T18:16:00Z';

  it('are local, and UTC on hover', () => {
    expect(clockTime(iso)).toBe('20:16');
    expect(dateTime(iso)).toBe('28 Aug 2024, 20:16');
    expect(utc(iso)).toBe('2024-08-28 18:16:00 UTC');
    expect(zoneOffset(new Date(iso))).toBe('GMT+2');
  });

  it('belong to local days', () => {
    const now = new Date('2024-08-28T22:30:00Z'); // the 29th in Berlin
    expect(dayName('2024-08-28T22:10:00Z', now)).toEqual({
      relative: 'today',
      name: 'Thursday 29 August 2024',
    });
    expect(dayName(iso, now).relative).toBe('yesterday');
    expect(dayName('2024-08-26T10:00:00Z', now).relative).toBeUndefined();
  });

  it('show what is no time as it is', () => {
    expect(dateTime('soon')).toBe('soon');
    expect(utc('soon')).toBe('soon');
  });
});

describe('humanDuration', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3599, '1 h'],
    [8400, '2 h 20 min'],
    [86_400, '1 d'],
    [273_600, '3 d 4 h'],
    [90 * 86_400, '90 d'],
  ])('%d s is %s', (seconds, words) => expect(humanDuration(seconds)).toBe(words));
});

describe('trackOf', () => {
  const now = Date.parse('2024-08-28T20:46:00Z');

  it('cuts an incident into its stages', () => {
    const track = trackOf(incident(), now);
    expect(track.pieces.map((piece) => [piece.stage, piece.seconds])).toEqual([
      ['investigating', 5640],
      ['monitoring', 2760],
    ]);
    expect(track.seconds).toBe(8400);
  });

  it('goes on to now while it is open', () => {
    const stages = { investigating: '2024-08-28T20:16:00Z' };
    const track = trackOf(incident({ stages, ongoing: true }), now);
    expect(track.pieces).toEqual([
      { stage: 'investigating', from: '2024-08-28T20:16:00Z', seconds: 1800 },
    ]);
  });

  it('takes stages in the order of their times, whatever their names', () => {
    const stages = {
      investigating: '2024-08-28T20:00:00Z',
      monitoring: '2024-08-28T19:00:00Z',
      resolved: '2024-08-28T19:30:00Z',
    };
    const track = trackOf(incident({ stages }), now);
    expect(track.pieces.map((piece) => piece.stage)).toEqual([
      'monitoring',
      'resolved',
      'investigating',
    ]);
    expect(track.seconds).toBe(3600);
  });

  it('is empty where only the resolution was posted', () => {
    expect(trackOf(incident({ stages: { resolved: '2024-08-28T19:30:00Z' } }), now).pieces).toEqual(
      [],
    );
  });

  it('has a logarithmic length', () => {
    expect(logShare(0)).toBe(0.04);
    expect(logShare(7 * 86_400)).toBe(1);
    expect(logShare(9e9)).toBe(1);
  });
});
