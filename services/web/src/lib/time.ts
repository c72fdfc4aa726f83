// SPDX-License-Identifier: Apache-2.0
// Times in the browser's zone, 24 hours, unambiguous dates. All inputs are RFC 3339 strings of the API.

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { hourCycle: 'h23', ...options });

const clock = format({ hour: '2-digit', minute: '2-digit' });
const date = format({ day: 'numeric', month: 'short', year: 'numeric' });
const weekday = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
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

/** "28 Aug 2024 18:16:00 UTC", for the hover text. */
export function utc(iso: string): string {
  const time = valid(iso);
  if (!time) return iso;
  const [day, rest] = time.toISOString().split('T') as [string, string];
  return `${day} ${rest.slice(0, 8)} UTC`;
}

/** "GMT+2": the zone's offset at that time. */
export function zoneOffset(at: Date): string {
  return offset.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** A key that is equal for two times of one local day. */
export function dayKey(iso: string): string {
  const time = valid(iso);
  return time ? `${time.getFullYear()}-${time.getMonth() + 1}-${time.getDate()}` : '';
}

export type Day = { relative: 'today' | 'yesterday' | undefined; name: string };

export function dayName(iso: string, now: Date): Day {
  const time = valid(iso);
  if (!time) return { relative: undefined, name: iso };
  const key = dayKey(iso);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  const relative =
    key === dayKey(now.toISOString())
      ? 'today'
      : key === dayKey(yesterday.toISOString())
        ? 'yesterday'
        : undefined;
  return { relative, name: weekday.format(time).replace(',', '') };
}
