// SPDX-License-Identifier: Apache-2.0
// The texts of the drawings and their tables, by result shape. Numbers and names come in as they shall be read. Not a part
// of `texts`: they are loaded with the charts.
import { list } from './words';

const of = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
const incidentsOf = (n: string) => `${n} ${n === '1' ? 'incident' : 'incidents'}`;
const daysOf = (n: string) => `${n} ${n === '1' ? 'outage day' : 'outage days'}`;
const beyond = (n: string) =>
  n === '0'
    ? 'no value lies beyond the whiskers'
    : `${n} ${n === '1' ? 'value lies' : 'values lie'} beyond the whiskers`;

/** Heads of columns, and names of values, that several shapes have. */
export const columns = {
  group: 'Group',
  service: 'Service',
  provider: 'Provider',
  month: 'Month',
  n: 'n',
  incidents: 'Incidents',
  share: 'Share',
  mean: 'Mean',
  median: 'Median',
  lowerMedian: 'median',
  q1: 'q1',
  q3: 'q3',
  p90: 'p90',
};

/** How a chart can be looked at. */
export const choices = {
  view: 'View',
  values: 'Values',
  count: 'Count',
  share: 'Share',
  mean: 'Mean',
  median: 'Median',
  scale: 'Scale',
  log: 'Log',
  linear: 'Linear',
  provider: 'Provider',
  service: 'Service',
  period: 'Period',
  by: 'Stacked by',
  byProvider: 'By provider',
  byService: 'By service',
};

export const availability = {
  levels: ['99 – 100 %', '90 – 99 %', 'below 90 %'],
  views: { days: 'Days', shares: 'Shares', means: 'Means' },
  shares: ['100 %', '≥ 99.999 %', '≥ 99.99 %', '≥ 99.9 %', '≥ 99 %', '≥ 90 %', '< 90 %'],
  days: 'Days',
  worst: 'Worst day',
  span: (days: number, mean: string) => `${days} days, mean ${mean}`,
  day: (share: string) => `${share} available`,
  shareOf: (label: string, share: string, days: number) => `${label} on ${share} of ${days} days`,
  means: (mean: string, median: string, worst: string) =>
    `Mean ${mean}, median ${median}, worst day ${worst}`,
  reading: (high: string, highShare: string, low: string, lowShare: string) =>
    `On average ${high} was available ${highShare} of the time, ${low} ${lowShare}.`,
  readingOne: (name: string, share: string, worst: string) =>
    `${name} was available ${share} of the time; its worst day had ${worst}.`,
};

export const boxplot = {
  lower: 'Lower whisker',
  upper: 'Upper whisker',
  beyond: 'Beyond',
  median: (median: string) => `Median ${median}`,
  middle: (low: string, high: string) => `Middle half ${low} to ${high}`,
  whiskers: (low: string, high: string) => `Whiskers ${low} to ${high}`,
  counts: (n: string, beyond: string) => `n ${n}, ${beyond} beyond`,
  outlier: (value: string) => `${value}, beyond the whisker`,
  readingOne: (name: string, span: string, outliers: string) =>
    `The middle half of ${name}’s values reaches from ${span}; ${beyond(outliers)}.`,
  reading: (low: string, lowSpan: string, high: string, highSpan: string, outliers: string) =>
    `The middle half is narrowest for ${low} (${lowSpan}) and widest for ${high} (${highSpan}); ${beyond(outliers)}.`,
};

export const combinations = {
  all: 'All services',
  none: 'none',
  stages: 'Stages posted',
  /** Over the dots, in the order of the stages: where there is room, and where there is little. */
  heads: ['Investig.', 'Identif.', 'Monitor.', 'Resolved', 'Postm.'],
  shortHeads: ['Inv', 'Ide', 'Mon', 'Res', 'Pos'],
  counts: (n: string, share: string) => `${incidentsOf(n)}, ${share}`,
  reading: (share: string, stages: string, bare: string | undefined) =>
    `Most often (${share}) a page posts ${stages}${
      bare === undefined ? '' : `; ${bare} say nothing but “resolved”`
    }.`,
};

export const correlation = {
  periods: { week: 'Weeks', month: 'Months', day: 'Days' },
  lagAxis: { week: 'lag in weeks', month: 'lag in months', day: 'lag in days' },
  length: 'Periods',
  lag: 'Lag',
  correlation: 'Correlation',
  band: 'Band ±',
  at: (name: string, lag: number) => `${name}, lag ${lag}`,
  value: (value: string, half: string) => `Correlation ${value}, band ± ${half}`,
  provider: (name: string, lags: string) => `${name} (${lags})`,
  readingNone: 'By week no provider’s incidents follow from those of earlier weeks beyond chance.',
  reading: (said: string) =>
    `By week, incidents follow from earlier ones beyond chance at these lags: ${said}.`,
};

export const distribution = {
  views: { bins: 'Shares', cumulative: 'Cumulative', survival: 'Survival' },
  open: 'Still open',
  interval: '95 % interval',
  bin: (bin: string, share: string, n: string) => `${bin}: ${share} of ${n}`,
  middle: (median: string, p90: string) => `Median ${median}, nine in ten ≤ ${p90}`,
  survives: (share: string, length: string) => `${share} go on for longer than ${length}`,
  atMost: (share: string, length: string) => `${share} are at most ${length}`,
  readingOne: (name: string, median: string, p90: string) =>
    `Half of ${name}’s values are at most ${median}, nine in ten at most ${p90}.`,
  reading: (low: string, lowName: string, high: string, highName: string, p90: string) =>
    `The median reaches from ${low} (${lowName}) to ${high} (${highName}); nine in ten are at most ${p90}.`,
  both: (one: string, other: string) => `${one} and ${other}`,
};

export const histogram = {
  evenness: 'Evenness',
  all: (n: string, share: string) => `All together: ${n} (${share})`,
  once: (name: string) => `${name}, each incident once`,
  chi: (statistic: string, degrees: number) =>
    `chi-square ${statistic}, ${degrees} degrees of freedom`,
  even: 'no provider differs from an even spread by more than chance',
  uneven: (names: readonly string[]) =>
    `${list(names)} ${names.length === 1 ? 'differs' : 'differ'} from an even spread by more than chance`,
  /** Days are named, hours are numbers. */
  at: (bin: string) => (/^\p{L}/u.test(bin) ? `on ${bin}` : `at ${bin}`),
  reading: (high: string, share: string, low: string, evenness: string) =>
    `Most incidents start ${high} (${share}), fewest ${low}; ${evenness}.`,
};

export const impact = {
  share: 'share',
  mean: 'Mean of 0–3',
  counts: (n: string, share: string, all: string) => `${incidentsOf(n)}, ${share} of ${all}`,
  part: (share: string, name: string) => `${share} of ${name}’s`,
  reading: (high: string, low: string) => `Major or critical are ${high} incidents and ${low}.`,
  readingOne: (only: string) => `Major or critical are ${only} incidents.`,
};

export const matrix = {
  corner: 'Row with column',
  pair: (row: string, column: string) => `${row} with ${column}`,
  readingNone: 'No two services were out on the same day.',
  days: (n: string) => `Both out on ${n} ${n === '1' ? 'day' : 'days'}`,
  share: (share: string) => `${share} of the days`,
  reading: (row: string, column: string, n: string) =>
    `${row} and ${column} were out on the same day most often, ${of(Number(n), 'time', 'times')}.`,
  readingShare: (row: string, column: string, share: string) =>
    `The most probable: ${row} was out on ${share} of the days on which ${column} was.`,
};

export const quality = {
  flags: {
    without_services: 'No service named',
    without_pre_resolution_stage: 'Only “resolved”',
    inconsistent: 'Stages out of order',
    zero_length: 'Zero length',
    unknown_impact: 'Unknown impact',
    ongoing_over_7_days: 'Open for over 7 days',
  },
  faults: {
    without_services: 'incidents that name no service',
    without_pre_resolution_stage: 'incidents that were only ever “resolved”',
    inconsistent: 'incidents with stages out of order',
    zero_length: 'incidents of no length',
    unknown_impact: 'incidents of unknown impact',
    ongoing_over_7_days: 'incidents open for over 7 days',
  },
  sources: 'Sources',
  stale: 'Stale',
  reading: (fault: string, n: string, all: string) =>
    `The most frequent fault: ${fault}, ${n} of ${all}.`,
  readingNone: (all: string) => `None of the ${incidentsOf(all)} has a fault that is looked for.`,
};

export const serviceSets = {
  views: { sets: 'Which', range: 'How many' },
  services: 'Services',
  none: 'none',
  noneOf: (provider: string) => `${provider}, none named`,
  range: (services: number) => of(services, 'service', 'services'),
  any: (range: string) => `any ${range}`,
  ofProvider: (n: string, share: string) => `${incidentsOf(n)}, ${share} of the provider’s`,
  counts: (n: string, share: string) => `${incidentsOf(n)}, ${share}`,
  part: (share: string, name: string) => `${share} of ${name}’s incidents`,
  reading: (high: string, low: string) => `${high} hit one service alone, but only ${low}.`,
  readingOne: (only: string) => `${only} hit one service alone.`,
};

export const stages = {
  names: { investigate: 'Investigate', repair: 'Repair', check: 'Check', learn: 'Learn' },
  middle: (mean: string, median: string) => `Mean ${mean}, median ${median}`,
  share: (share: string, n: string) => `${share} of the time, n ${n}`,
  part: (name: string, share: string) => `${share} (${name})`,
  reading: (low: string, high: string) =>
    `Repair takes from ${low} to ${high} of the time to a resolution; the rest is finding the cause and watching the fix.`,
  readingOne: (name: string, share: string) =>
    `Repair takes ${share} of the time to a resolution of ${name}; the rest is finding the cause and watching the fix.`,
};

export const summary = {
  open: 'Open',
  mttr: 'Mean time to recover',
  mtbf: 'Mean time between failures',
  available: (days: number) => `Available, ${days}\u00a0d`,
  budget: (slo: number) => `Error budget of ${slo}\u00a0% used`,
  longest: 'Longest',
  interval: (low: string, high: string, n: number) => `95 % interval ${low} to ${high}, n ${n}`,
  n: (n: number) => `n ${n}`,
  down: (duration: string, incidents: number) =>
    `${duration} down, ${of(incidents, 'incident', 'incidents')}`,
  over: (days: number) => `over ${days} days`,
  best: (name: string, share: string) => `${name} (${share})`,
  reading: (days: number, high: string, low: string) =>
    `Over the last ${days} days the most available was ${high}, the least ${low}.`,
  readingOne: (name: string, mttr: string, incidents: string) =>
    `A failure of ${name} lasts ${mttr} on average; ${incidentsOf(incidents)} were counted.`,
};

export const timeline = {
  begun: 'Incidents begun',
  days: 'Outage days',
  lowerDays: 'outage days',
  at: (name: string, month: string) => `${name}, ${month}`,
  counts: (n: string, days: string) => `${incidentsOf(n)}, ${daysOf(days)}`,
  reading: (month: string, n: string, most: string | undefined) =>
    `The most incidents began in ${month} (${n} over all services)${most === undefined ? '' : `; ${most}`}.`,
  most: (name: string, n: string) => `${name} has the most in all, ${n}`,
};

export const trend = {
  incidents: 'Incidents a month',
  ttr: 'Median time to recover',
  lowerTtr: 'median time to recover',
  at: (name: string, month: string) => `${name}, ${month}`,
  counts: incidentsOf,
  median: (ttr: string) => `Median time to recover ${ttr}`,
  level: (n: string) => `${incidentsOf(n)} a month`,
  readingNone: 'No provider’s level changed beyond chance.',
  reading: (name: string, before: string, after: string, month: string) =>
    `The latest change of level: ${name} from ${before} to ${after} in ${month}.`,
};
