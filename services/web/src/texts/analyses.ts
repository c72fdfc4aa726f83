// SPDX-License-Identifier: Apache-2.0
// Of the pages of analyses and of the incidents behind a number.
import { humanDuration } from '../lib/duration';
import { spaced } from '../lib/text';
import { dayWords, monthWords } from '../lib/zoned';
import { count } from './words';

const reasons: Record<string, string> = {
  maintenance: 'maintenance',
  inconsistent: 'with stages out of order',
  no_service: 'that name no service',
  no_outage_impact: 'without outage',
  no_pre_resolution_stage: 'only ever “resolved”',
  ongoing: 'still open',
};

const cellNames: Record<string, string> = {
  group: 'Of',
  bin: 'Begun',
  count: 'Services hit',
  days: 'Last days',
};

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

export const analyses = {
  title: 'Analyses',
  index: 'Charts of this page',
  loading: 'Running the analyses',
  thisPeriod: 'This period',
  periodBefore: 'The period before',
  yearBefore: 'A year before',
  empty: 'No incident of this query can be counted here.',
  drawing: (title: string, reading: string) =>
    `Drawing: ${title}. ${reading} The same numbers are in the table.`,
  tableOf: (title: string) => `Table: ${title}`,
  toolsOf: (title: string) => `Tools of ${title}`,
  legend: 'Legend',
  n: (n: number) => count(n, 'incident', 'incidents'),
  calendars: 'From the providers’ calendars',
  excluded: (reasons: string) => `left out: ${reasons}`,
  reason: (reason: string, n: number) =>
    `${n.toLocaleString('en-GB')} ${reasons[reason] ?? spaced(reason)}`,
  method: 'Method',
  effective: (from: string, to: string, tz: string, services: number) =>
    `From ${from} to ${to}, days in ${tz}, ${count(services, 'service', 'services')}.`,
  basisIs: (basis: string) =>
    basis === 'outages'
      ? 'Downtime is what the provider’s calendar says.'
      : 'Downtime is what the incidents span.',
  json: 'The answer as JSON',
  version: (version: number) => `data version ${version}`,
  table: 'As a table',
  save: 'Save',
  csv: 'Numbers (CSV)',
  svg: 'Drawing (SVG)',
  png: 'Picture (PNG)',
  link: 'Copy a link to this chart',
  copied: 'The link is copied',
  full: 'Full screen',
  leaveFull: 'Leave the full screen',
  failed: 'That did not work',
  all: 'All analyses',
  unknown: 'No analysis has this name.',
  brush: {
    label: 'Look closer at a period',
    from: 'First of the period',
    to: 'Last of the period',
    hint: 'Arrow keys move this end, Enter looks closer, Escape gives up.',
    range: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),
    chosen: (range: string) => `Now showing ${range}`,
    givenUp: 'The period stays as it is',
  },
  bar: {
    services: 'Services',
    period: 'Period',
    periods: { '30': '30 days', '90': '90 days', '365': '1 year', all: 'All' },
    custom: 'Custom',
    /** The first and the last day. */
    range: (from: string | undefined, to: string | undefined) =>
      from === undefined ? `until ${to}` : to === undefined ? `from ${from}` : `${from} – ${to}`,
    from: 'From',
    to: 'Before',
    zone: 'Days in',
    options: 'Options',
    include: 'Also count',
    includes: { maintenance: 'Maintenance', inconsistent: 'Stages out of order' },
    basis: 'Downtime is taken from',
    bases: { default: 'Each its own', incidents: 'Incidents', outages: 'Calendars' },
    start: 'An incident begins with',
    starts: { report: 'Its report', impact: 'Its impact' },
    slo: 'Objective for the error budget, in percent',
    forgetNow: (now: string) => `Present fixed at ${now}: use the clock`,
    compare: 'Compare',
    compares: {
      off: 'Nothing',
      before: 'The period before',
      year: 'A year before',
      providers: 'Two providers',
    },
    compareHint: 'Choose a period of some days to compare it with an earlier one.',
    left: 'Left',
    right: 'Right',
  },
};

export const cell = {
  title: 'Behind the number',
  back: (title: string) => title,
  total: (n: number) => count(n, 'incident', 'incidents'),
  loading: 'Loading the incidents',
  none: 'No incident lies behind this number.',
  part: (name: string, value: string) =>
    name === 'gt' || name === 'le'
      ? value
      : `${cellNames[name] ?? capitalised(spaced(name))}: ${value}`,
  /** Values that are no ids. */
  value: (name: string, value: string): string | undefined => {
    if (name === 'gt') return `over ${humanDuration(Number(value))}`;
    if (name === 'le') return `at most ${humanDuration(Number(value))}`;
    if (name === 'date') return dayWords(value);
    if (name === 'month' || name === 'period') return monthWords(value);
    if (name === 'stages') return value.replaceAll('_', ' + ');
    if (value === 'all') return 'all services';
    if (value === 'none') return 'none';
    return ['group', 'service', 'provider', 'services', 'row', 'column'].includes(name)
      ? undefined
      : spaced(value);
  },
  missing: 'The address names no cell of the analysis.',
  /** The query that the number is of. */
  query: {
    last: { '30': 'Last 30 days', '90': 'Last 90 days', '365': 'Last year' },
    zone: (tz: string) => `Days in ${tz}`,
    also: (what: string) => `With ${what.toLowerCase()}`,
    basis: { incidents: 'Downtime from incidents', outages: 'Downtime from calendars' },
    start: 'Begun with its impact',
  },
};
