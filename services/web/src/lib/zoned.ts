// SPDX-License-Identifier: Apache-2.0
// Calendar days in a chosen zone. A day is its name, YYYY-MM-DD.

const dayMs = 86_400_000;

export const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** A formatter is costly to make and asked for with every row. */
function dayFormat(tz: string): Intl.DateTimeFormat {
  const known = dayFormats.get(tz);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: tz,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  dayFormats.set(tz, made);
  return made;
}

/** The day that it is in the zone at that time. */
export function today(at: Date, tz: string): string {
  const parts = dayFormat(tz).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** How far the zone's clocks are ahead of UTC at that time, in milliseconds. */
function offsetMs(at: number, tz: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: tz,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(at / 1000) * 1000;
}

/** The instant at which the day begins in the zone, in RFC 3339. */
export function midnight(date: string, tz: string): string {
  const utc = Date.parse(date);
  const first = utc - offsetMs(utc, tz);
  // Once more, because the offset may have changed between the two.
  const time = utc - offsetMs(first, tz);
  return new Date(time).toISOString().replace('.000', '');
}

/** The first day of the month after "2024-06". */
export function monthAfter(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}

const named = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', ...options });
  return (date: string): string =>
    Number.isNaN(Date.parse(date)) ? date : format.format(Date.parse(date));
};

/** "1 Aug 2024" of "2024-08-01". */
export const dayWords = named({ day: 'numeric', year: 'numeric' });

/** "1 Aug" of "2024-08-01". */
export const shortDay = named({ day: 'numeric' });

/** "Aug 2024" of "2024-08". */
export const monthWords = named({ year: 'numeric' });

/** The first and the last day of a period in words; `to` is the first day after it. */
export const periodWords = (
  from: string | undefined,
  to: string | undefined,
): [string | undefined, string | undefined] => [
  from && dayWords(from),
  to && dayWords(addDays(to, -1)),
];

/** The same of instants, in a zone; `to` is the first instant after it. */
export const spanWords = (span: { from: string; to: string; tz: string }): [string, string] => [
  dayWords(today(new Date(span.from), span.tz)),
  dayWords(today(new Date(Date.parse(span.to) - 1), span.tz)),
];
