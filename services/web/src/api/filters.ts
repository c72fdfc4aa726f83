// SPDX-License-Identifier: Apache-2.0
// What the incident list is narrowed to. The same value is the page's URL, the API's parameters and the test that tells
// whether an incident of a live event belongs to a list.
import { zone } from '../lib/time';
import { addDays, isDate, midnight } from '../lib/zoned';
import { type Impact, type Incident, impacts, type Status, statuses } from './models';

export interface Filters {
  provider: readonly string[];
  service: readonly string[];
  impact: readonly Impact[];
  status: readonly Status[];
  /** Only incidents that go on. */
  ongoing: boolean;
  /** Dates (YYYY-MM-DD) in the browser's zone, both included. */
  from: string | undefined;
  to: string | undefined;
  /** Also incidents that their page no longer lists. */
  withdrawn: boolean;
  q: string;
  sort: Sort;
}

export const sorts = ['-started_at', 'started_at', '-updated_at', 'updated_at'] as const;
export type Sort = (typeof sorts)[number];

export type FacetName = 'provider' | 'service' | 'impact' | 'status';

export const noFilters: Filters = {
  provider: [],
  service: [],
  impact: [],
  status: [],
  ongoing: false,
  from: undefined,
  to: undefined,
  withdrawn: false,
  q: '',
  sort: '-started_at',
};

/** The filters as they stand in a URL: absent when empty, lists joined by commas. */
export type FilterSearch = {
  [name in FacetName | 'ongoing' | 'from' | 'to' | 'include' | 'q' | 'sort']?: string;
};

export const slug = /^[a-z0-9][a-z0-9._/-]{0,99}$/;
const longestQuery = 200;

export function split(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  return [...new Set(value.split(',').filter((part) => part !== ''))];
}

export const among = <T extends string>(known: readonly T[], values: string[]): T[] =>
  known.filter((value) => values.includes(value));

const date = (value: unknown): string | undefined =>
  typeof value === 'string' && isDate(value) ? value : undefined;

/** Reads filters from a URL that anyone may have written: what is not understood is left out. */
export function fromSearch(search: Record<string, unknown>): Filters {
  return {
    provider: split(search.provider).filter((id) => slug.test(id)),
    service: split(search.service).filter((id) => slug.test(id)),
    impact: among(impacts, split(search.impact)),
    status: among(statuses, split(search.status)),
    ongoing: search.ongoing === 'true',
    from: date(search.from),
    to: date(search.to),
    withdrawn: split(search.include).includes('withdrawn'),
    q: typeof search.q === 'string' ? search.q.slice(0, longestQuery) : '',
    sort: sorts.find((each) => each === search.sort) ?? '-started_at',
  };
}

export function toSearch(filters: Filters): FilterSearch {
  const search: FilterSearch = {};
  for (const name of ['provider', 'service', 'impact', 'status'] as const) {
    if (filters[name].length > 0) search[name] = filters[name].join(',');
  }
  if (filters.ongoing) search.ongoing = 'true';
  if (filters.from !== undefined) search.from = filters.from;
  if (filters.to !== undefined) search.to = filters.to;
  if (filters.withdrawn) search.include = 'withdrawn';
  const q = filters.q.trim();
  if (q !== '') search.q = q;
  if (filters.sort !== '-started_at') search.sort = filters.sort;
  return search;
}

/** The same as parameters of the API, whose times are instants and whose `to` is not included. */
export function toParams(filters: Filters): FilterSearch {
  const { from, to, ...search } = toSearch(filters);
  return {
    ...search,
    ...(from !== undefined && { from: midnight(from, zone) }),
    ...(to !== undefined && { to: midnight(addDays(to, 1), zone) }),
  };
}

export function isFiltered(filters: Filters): boolean {
  const { sort: _sort, ...search } = toSearch(filters);
  return Object.keys(search).length > 0;
}

function inPeriod({ from, to }: Filters, { started_at: at }: Incident): boolean {
  if (from === undefined && to === undefined) return true;
  if (at === undefined) return false;
  const time = Date.parse(at);
  return (
    (from === undefined || time >= Date.parse(midnight(from, zone))) &&
    (to === undefined || time < Date.parse(midnight(addDays(to, 1), zone)))
  );
}

const anyOf = <T>(wanted: readonly T[], has: readonly T[]): boolean =>
  wanted.length === 0 || has.some((value) => wanted.includes(value));

// A postmortem only follows a resolution: the API counts it to both.
const statusesOf = ({ status }: Incident): Status[] =>
  status === 'postmortem' ? [status, 'resolved'] : [status];

/**
 * Whether the incident belongs to the list. The text search is the server's own, so an answer about `q` is unknown here
 * and `matches` says nothing about it (src/live/patch.ts asks the server again for such lists).
 */
export function matches(filters: Filters, incident: Incident): boolean {
  return (
    anyOf(filters.provider, [incident.provider]) &&
    anyOf(filters.service, incident.services) &&
    anyOf(filters.impact, [incident.impact]) &&
    anyOf(filters.status, statusesOf(incident)) &&
    (!filters.ongoing || incident.ongoing) &&
    inPeriod(filters, incident)
  );
}
