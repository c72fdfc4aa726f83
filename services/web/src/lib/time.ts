// SPDX-License-Identifier: Apache-2.0
// Times in the chosen zone, 24 hours, unambiguous dates. All inputs are RFC 3339 strings of the API.
import { inUtc } from '../texts/units';
import { addDays, today } from './zoned';

const key = 'fails.zone';

export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

function storedZone(): string | undefined {
  try {
    const stored = localStorage.getItem(key);
    if (stored) new Intl.DateTimeFormat('en', { timeZone: stored });
    return stored ?? undefined;
  } catch {
    return undefined; // storage is blocked, or holds what is no zone
  }
}

/** The zone of all times on the pages; the same for as long as a page is open. */
export const zone = storedZone() ?? browserZone;

/** Every time on the page is another one then: the page starts anew. */
export function chooseZone(chosen: string): void {
  try {
    if (chosen === browserZone) localStorage.removeItem(key);
    else localStorage.setItem(key, chosen);
  } catch {
    return; // storage is blocked: the zone stays the browser's
  }
  window.location.reload();
}

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { hourCycle: 'h23', timeZone: zone, ...options });

const clock = format({ hour: '2-digit', minute: '2-digit' });
const date = format({ day: 'numeric', month: 'short', year: 'numeric' });
const weekday = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const days = format({ day: 'numeric', month: 'long', year: 'numeric' });
const offset = format({ timeZoneName: 'shortOffset' });

const valid = (iso: string): Date | undefined => {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? undefined : time;
};

export const clockTime = (iso: string): string => {
  const time = valid(iso);
  return time ? clock.format(time) : iso;
};

export const dateTime = (iso: string): string => {
  const time = valid(iso);
  return time ? `${date.format(time)}, ${clock.format(time)}` : iso;
};

/** "28 August 2024", "28–30 August 2024", "30 August – 2 September 2024". */
export function dayRange(from: string, to: string): string {
  const first = valid(from);
  const last = valid(to);
  return first && last ? days.formatRange(first, last) : from;
}

/** "28 Aug 2024 18:16:00 UTC", for the hover text. */
export function utc(iso: string): string {
  const time = valid(iso);
  if (!time) return iso;
  const [day, rest] = time.toISOString().split('T') as [string, string];
  return inUtc(day, rest.slice(0, 8));
}

/** "GMT+2": the zone's offset at that time. */
export function zoneOffset(at: Date): string {
  return offset.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** A key that is equal for two times of one day of the zone. */
export function dayKey(iso: string): string {
  const time = valid(iso);
  return time ? today(time, zone) : '';
}

export type Day = { relative: 'today' | 'yesterday' | undefined; name: string };

export function dayName(iso: string, now: Date): Day {
  const time = valid(iso);
  if (!time) return { relative: undefined, name: iso };
  const key = dayKey(iso);
  const present = today(now, zone);
  const relative =
    key === present ? 'today' : key === addDays(present, -1) ? 'yesterday' : undefined;
  return { relative, name: weekday.format(time).replace(',', '') };
}
