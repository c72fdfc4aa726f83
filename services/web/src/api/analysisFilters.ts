// SPDX-License-Identifier: Apache-2.0
// What the analyses look at. The same value is the page's URL and the API's query.
import { addDays, isDate, midnight, today } from '../lib/zoned';
import { among, slug, split } from './filters';
import { type AnalysesRequest, type Impact, impacts } from './models';

export const periods = ['30', '90', '365', 'all'] as const;
export type Preset = (typeof periods)[number];
export const includes = ['maintenance', 'inconsistent'] as const;
export type Include = (typeof includes)[number];
export type Basis = 'incidents' | 'outages';
export type Start = 'report' | 'impact';

export interface AnalysisFilters {
  services: readonly string[];
  /** Days up to now, or everything; `custom` takes `from` and `to`. */
  period: Preset | 'custom';
  /** Dates (YYYY-MM-DD) in `tz`; `to` is the first day that is left out. */
  from: string | undefined;
  to: string | undefined;
  tz: string;
  include: readonly Include[];
  impact: readonly Impact[];
  basis: Basis | undefined;
  start: Start;
  /** Percent. */
  slo: number | undefined;
  /** A fixed present, for answers that stay the same. */
  now: string | undefined;
  compare: Compare;
}

/** Nothing, the same length of time before or a year before, or two providers. */
export type Compare = 'off' | 'before' | 'year' | { a: string; b: string };

export const noAnalysisFilters: AnalysisFilters = {
  services: [],
  period: 'all',
  from: undefined,
  to: undefined,
  tz: 'UTC',
  include: [],
  impact: [],
  basis: undefined,
  start: 'report',
  slo: undefined,
  now: undefined,
  compare: 'off',
};

const names = [
  'services',
  'period',
  'from',
  'to',
  'tz',
  'include',
  'impact',
  'basis',
  'start',
  'slo',
  'now',
  'compare',
] as const;

export type AnalysisSearch = { [name in (typeof names)[number]]?: string };

export function isZone(tz: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: tz });
    return true;
  } catch {
    return false;
  }
}

function compareOf(value: unknown): Compare {
  if (value === 'before' || value === 'year') return value;
  const [a, b, more] = typeof value === 'string' ? value.split('~') : [];
  return a && b && more === undefined && slug.test(a) && slug.test(b) ? { a, b } : 'off';
}

/** Reads a URL that anyone may have written: what is not understood is left out. */
export function fromAnalysisSearch(search: Record<string, unknown>): AnalysisFilters {
  const text = (name: string) => (typeof search[name] === 'string' ? search[name] : '');
  const from = isDate(text('from')) ? text('from') : undefined;
  const to = isDate(text('to')) ? text('to') : undefined;
  const custom = from !== undefined || to !== undefined;
  const slo = Number(text('slo'));
  return {
    services: split(search.services).filter((id) => slug.test(id)),
    period: custom ? 'custom' : (periods.find((each) => each === text('period')) ?? 'all'),
    from,
    to,
    tz: text('tz') !== '' && isZone(text('tz')) ? text('tz') : 'UTC',
    include: among(includes, split(search.include)),
    impact: among(impacts, split(search.impact)),
    basis: (['incidents', 'outages'] as const).find((each) => each === text('basis')),
    start: text('start') === 'impact' ? 'impact' : 'report',
    slo: slo > 0 && slo < 100 ? slo : undefined,
    now: Number.isNaN(Date.parse(text('now'))) ? undefined : text('now'),
    compare: compareOf(search.compare),
  };
}

export function toAnalysisSearch(filters: AnalysisFilters): AnalysisSearch {
  const { compare, period } = filters;
  const all: { [name in (typeof names)[number]]: string | undefined } = {
    services: filters.services.join(','),
    period: period === 'all' || period === 'custom' ? undefined : period,
    from: period === 'custom' ? filters.from : undefined,
    to: period === 'custom' ? filters.to : undefined,
    tz: filters.tz === 'UTC' ? undefined : filters.tz,
    include: filters.include.join(','),
    impact: filters.impact.join(','),
    basis: filters.basis,
    start: filters.start === 'report' ? undefined : filters.start,
    slo: filters.slo?.toString(),
    now: filters.now,
    compare:
      typeof compare === 'object'
        ? `${compare.a}~${compare.b}`
        : compare === 'off'
          ? undefined
          : compare,
  };
  const search: AnalysisSearch = {};
  for (const name of names) if (all[name]) search[name] = all[name];
  return search;
}

/** The query as the API takes it, without the choice of analyses. */
export type AnalysisRequest = Omit<AnalysesRequest, 'analyses'>;

/** `now` is only read for the presets, and only its day: equal within a day, so that answers are found in the cache. */
export function toRequest(filters: AnalysisFilters, now: Date): AnalysisRequest {
  const { tz, period } = filters;
  const present = filters.now === undefined ? now : new Date(filters.now);
  const first =
    period === 'custom'
      ? filters.from
      : period === 'all'
        ? undefined
        : addDays(today(present, tz), -Number(period));
  const end = period === 'custom' ? filters.to : undefined;
  return {
    ...(filters.services.length > 0 && { services: [...filters.services] }),
    ...(first !== undefined && { from: midnight(first, tz) }),
    ...(end !== undefined && { to: midnight(end, tz) }),
    ...(tz !== 'UTC' && { tz }),
    ...(filters.include.length > 0 && { include: [...filters.include] }),
    ...(filters.impact.length > 0 && { impact: [...filters.impact] }),
    ...(filters.basis !== undefined && { basis: filters.basis }),
    ...(filters.start !== 'report' && { start: filters.start }),
    ...(filters.slo !== undefined && { slo: filters.slo }),
    ...(filters.now !== undefined && { now: filters.now }),
  };
}

/** The same query as parameters of an address; lists are comma-separated. */
export function requestParams(
  request: AnalysisRequest,
): Record<string, string | number | undefined> {
  return Object.fromEntries(
    Object.entries(request).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );
}

/** The first and the last day plus one of the period; undefined for "all", which has no length of its own. */
function daysOf(filters: AnalysisFilters, now: Date): { from: string; to: string } | undefined {
  const end = addDays(today(now, filters.tz), 1);
  if (filters.period === 'custom') {
    return filters.from === undefined ? undefined : { from: filters.from, to: filters.to ?? end };
  }
  if (filters.period === 'all') return undefined;
  return { from: addDays(today(now, filters.tz), -Number(filters.period)), to: end };
}

/**
 * The two sides of a comparison, the second undefined where there is none: a period can only be compared with one before
 * it when it has a length.
 */
export function sidesOf(
  filters: AnalysisFilters,
  now: Date,
  servicesOf: (provider: string) => readonly string[],
): [AnalysisFilters, AnalysisFilters | undefined] {
  const { compare } = filters;
  const single = { ...filters, compare: 'off' as const };
  if (compare === 'off') return [single, undefined];
  if (typeof compare === 'object') {
    return [
      { ...single, services: servicesOf(compare.a) },
      { ...single, services: servicesOf(compare.b) },
    ];
  }
  const days = daysOf(filters, filters.now === undefined ? now : new Date(filters.now));
  if (!days) return [single, undefined];
  const length = Math.round((Date.parse(days.to) - Date.parse(days.from)) / 86_400_000);
  const back = compare === 'year' ? 365 : length;
  const from = addDays(days.from, -back);
  return [single, { ...single, period: 'custom', from, to: addDays(from, length) }];
}

export const canCompareTime = (filters: AnalysisFilters): boolean =>
  filters.period === 'custom' ? filters.from !== undefined : filters.period !== 'all';
