// SPDX-License-Identifier: Apache-2.0
// Every English text of the front end. Sentences with a variable part are functions.
import type {
  HealthState,
  Impact,
  IncidentEvent,
  ServiceStatus,
  Stage,
  Status,
} from './api/models';
import { humanDuration } from './lib/duration';
import { oneLine, spaced } from './lib/text';

const count = (n: number, one: string, many: string): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

const status: Record<Status, string> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  postmortem: 'Postmortem',
  scheduled: 'Scheduled',
  in_progress: 'In progress',
  completed: 'Completed',
  unknown: 'Unknown',
};

const impact: Record<Impact, string> = {
  none: 'None',
  minor: 'Minor',
  major: 'Major',
  critical: 'Critical',
  maintenance: 'Maintenance',
  unknown: 'Unknown',
};

const health: Record<HealthState, string> = {
  ok: 'answering',
  stale: 'late',
  unreachable: 'unreachable',
  wrong_content: 'not a status page',
  rate_limited: 'rate limited',
  frozen: 'frozen',
  unknown: 'not checked yet',
};

const states: Record<ServiceStatus, string> = {
  operational: 'Operational',
  maintenance: 'Maintenance',
  degraded: 'Degraded',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
  unknown: 'Unknown',
};

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

const flags: Record<string, string> = {
  inconsistent: 'Its stages are not in the usual order.',
  zero_length: 'It was resolved in the moment it was reported.',
  negative_duration: 'The page says it ended before it began.',
  no_service: 'The page names no affected service.',
  no_pre_resolution_stage: 'It was reported only when it was already resolved.',
  backfilled: 'It was collected from the page’s history, not while it happened.',
  withdrawn: 'The provider has removed it from the page.',
};

const eventWords: Record<string, string> = {
  'fails.incident.opened': 'New incident',
  'fails.incident.reopened': 'Reopened',
  'fails.incident.resolved': 'Resolved',
  'fails.incident.withdrawn': 'Withdrawn',
};

export const texts = {
  app: {
    name: 'FAILS',
    tagline: 'Incidents of AI providers',
    skip: 'Skip to the content',
    title: (page: string) => `${page} · FAILS`,
  },
  zone: {
    named: (zone: string, offset: string) =>
      zone === 'UTC' || offset === 'GMT' ? `Times in ${zone}` : `Times in ${zone} (${offset})`,
  },
  theme: { label: 'Theme', system: 'System', light: 'Light', dark: 'Dark' },
  connection: {
    connecting: 'Connecting',
    live: 'Live',
    reconnecting: 'Reconnecting',
    hint: {
      connecting: 'Opening the live stream of events.',
      live: 'Changes appear here as they are reported.',
      reconnecting: 'The live stream is interrupted; it continues where it stopped.',
    },
  },
  live: {
    announce: (event: IncidentEvent) =>
      `${eventWords[event.type] ?? 'Updated'}: ${oneLine(event.data.title, 120)}, ${status[event.data.status]}`,
    arrived: (n: number) => `${count(n, 'new incident', 'new incidents')} above`,
  },
  notice: { label: 'Notice' },
  sources: {
    label: 'Sources',
    summary: (ok: number, all: number) =>
      ok === all
        ? `${count(all, 'source answers', 'sources answer')}`
        : `${ok} of ${count(all, 'source answers', 'sources answer')}`,
    checked: (ago: string) => `checked ${ago}`,
    lastGood: (ago: string) => `last answer ${ago}`,
    never: 'never answered',
    dormant: 'not polled',
    intro:
      'What is known comes from these status pages. Whether a page can be read says nothing of how the provider’s services do.',
    loading: 'Loading the sources',
    empty: 'No source is read',
    emptyHint: 'The catalogue of this installation names no status page.',
    table: 'The sources and their state',
    page: 'Page',
    state: 'State',
    lastPoll: 'Last poll',
    lastAnswer: 'Last answer',
    lastChange: 'Last change',
    platform: 'Platform',
    history: 'History',
    act: 'Action',
    every: (interval: string) => `every ${interval}`,
    failures: (n: number) => `${count(n, 'failure', 'failures')} in a row`,
    detected: (platform: string) => `looks like ${platform}`,
    documents: (read: number, pending: number) =>
      pending > 0 ? `${read} read, ${pending} to come` : `${read} documents`,
    key: 'API key',
    keyHint: 'To have a page read now. It is kept until this page is closed, and nowhere else.',
    needsKey: 'Needs an API key',
    poll: 'Poll now',
    asked: 'Asked',
    wrongKey: 'The key is not accepted',
    health,
    failed: 'The state of the sources is not known: the gateway does not tell.',
  },
  copy: 'Copy',
  copied: 'Copied',
  reference: {
    title: 'API',
    index: 'Contents',
    loading: 'Loading the contract',
    source: (version: string) => `The contract as OpenAPI (YAML), version ${version}`,
    schemas: 'Schemas',
    required: 'always there',
    parameters: (n: number) => count(n, 'parameter', 'parameters'),
    parametersOf: (operation: string) => `Parameters: ${operation}`,
    fieldsOf: (schema: string) => `Fields of ${schema}`,
    body: 'Takes',
    answer: (status: string) => `Answer ${status}`,
    command: (operation: string) => `Command: ${operation}`,
    example: (operation: string) => `Example: ${operation}`,
    events: {
      title: 'Events: be told of every change',
      intro:
        'Every change is a CloudEvent 1.0. Delivery is at least once and in order for each incident; its revision tells repeats apart.',
      curl: 'Listen',
      curlHint:
        'Server-sent events over one request that stays open. A comment every 15 s keeps it alive.',
      filter: 'Only what matters to you',
      filterHint: 'By provider, service and kind of change.',
      resume: 'Come back without a gap',
      resumeHint: 'Each event has an id; send the last one and get everything after it.',
      browser: 'In a program',
      browserHint: 'Any client of server-sent events will do; in JavaScript it is built in.',
      nats: 'On the bus itself',
      natsHint:
        'Next to the installation, without the gateway: one subject for each provider and kind of change.',
    },
  },
  ago: (duration: string) => `${duration} ago`,
  justNow: 'just now',
  impact,
  impactLabel: (word: string) => `Impact: ${word.toLowerCase()}`,
  status,
  stage: status as Record<Stage, string>,
  state: states,
  nav: {
    label: 'Pages',
    now: 'Now',
    analyses: 'Analyses',
    incidents: 'Incidents',
    providers: 'Providers',
    sources: 'Sources',
    api: 'API',
  },
  now: {
    title: 'Now',
    loading: 'Asking how the services do',
    troubled: (n: number, all: number) =>
      `${n} of ${count(all, 'service', 'services')} ${n === 1 ? 'has' : 'have'} trouble`,
    fine: (n: number) => (n === 1 ? 'The service works' : `All ${n} known services work`),
    allUnknown: 'The state of the services is not known',
    unknown: (n: number) => `${n} unknown: nobody vouches for ${n === 1 ? 'it' : 'them'} now`,
    since: (ago: string) => `since ${ago.replace(/ ago$/, '')}`,
    neverSaid: 'no page has said anything yet',
    available: (share: string) => `${share} in 90 days`,
    more: (n: number) => `and ${n} more`,
    noPage: 'no status page is read',
    empty: 'No service is watched',
    emptyHint: 'The catalogue of this installation names none.',
    note: 'A state is what the provider’s own page says. Each mark of a strip is a day; the taller and darker it is, the longer the service was down. A click on a day leads to its incidents.',
  },
  strip: {
    words: (days: number, bad: number) =>
      bad === 0 ? `${days} days without an outage` : `${days} days, ${bad} of them with an outage`,
    value: (share: string) => `${share} available`,
    nothing: 'nothing known',
    noRecord: 'No record of days yet',
  },
  year: {
    title: 'The last year',
    label: (name: string) => `A year of ${name}`,
    list: (n: number) => count(n, 'day with an outage', 'days with an outage'),
    levels: {
      fine: 'no outage',
      minor: '≥ 99 %',
      major: '90 – 99 %',
      critical: '< 90 %',
      none: 'nothing known',
    },
  },
  providers: {
    title: 'Providers',
    service: 'Service',
    unknown: 'No provider has this name.',
    unknownService: 'No service has this name.',
    last: 'Last incidents',
    allIncidents: (n: number) => `All ${n.toLocaleString('en-GB')}`,
    noIncidents: 'None is known.',
    available: (days: number) => `Available, ${days} days`,
    down: (duration: string) => `${duration} down`,
    mttr: 'Mean time to recover',
    mtbf: 'Mean time between failures',
    incidents: 'Incidents',
    ongoing: (n: number) => `${n} open now`,
    noneOngoing: 'none open now',
    interval: (low: string, high: string, n: number) => `${low} – ${high}, n ${n}`,
    of: (n: number) => `n ${n}`,
  },
  analyses: {
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
    failed: 'That did not work',
    all: 'All analyses',
    unknown: 'No analysis has this name.',
    zoomHint: 'Drag across the time axis to look closer.',
    bar: {
      services: 'Services',
      period: 'Period',
      periods: { '30': '30 days', '90': '90 days', '365': '1 year', all: 'All' },
      custom: 'Custom',
      range: (from: string | undefined, to: string | undefined) =>
        from === undefined ? `before ${to}` : to === undefined ? `from ${from}` : `${from} – ${to}`,
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
  },
  cell: {
    title: 'Behind the number',
    back: (title: string) => title,
    total: (n: number) => count(n, 'incident', 'incidents'),
    loading: 'Loading the incidents',
    none: 'No incident lies behind this number.',
    part: (name: string, value: string) =>
      name === 'gt' || name === 'le' ? value : `${cellNames[name] ?? spaced(name)}: ${value}`,
    /** Values that are no ids. */
    value: (name: string, value: string): string | undefined => {
      if (name === 'gt') return `over ${humanDuration(Number(value))}`;
      if (name === 'le') return `at most ${humanDuration(Number(value))}`;
      if (name === 'stages') return value.replaceAll('_', ' + ');
      if (value === 'all') return 'all services';
      if (value === 'none') return 'none';
      return ['group', 'service', 'provider', 'services', 'row', 'column'].includes(name)
        ? undefined
        : spaced(value);
    },
    missing: 'The address names no cell of the analysis.',
  },
  incidents: {
    title: 'Incidents',
    openNow: (n: number) => (n === 0 ? 'None open now' : `${count(n, 'is', 'are')} open now`),
    recorded: (n: number) => `${n.toLocaleString('en-GB')} recorded`,
    found: (n: number) => count(n, 'incident matches', 'incidents match'),
    today: 'Today',
    yesterday: 'Yesterday',
    ongoingFor: (duration: string) => `for ${duration}`,
    openedAgo: (ago: string) => `opened ${ago}`,
    noServices: 'no service named',
    untitled: 'Untitled incident',
    undated: 'No date',
    loading: 'Loading incidents',
    more: 'Load more',
    loadingMore: 'Loading …',
    shown: (shown: number, total: number) =>
      shown >= total
        ? `All ${total.toLocaleString('en-GB')} shown`
        : `${shown.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} shown`,
    empty: 'No incidents yet',
    emptyHint: 'The sources are being read. Incidents appear here by themselves.',
    noMatch: 'No incident matches',
    noMatchHint: 'Try fewer filters or another word.',
    stale: 'The gateway does not answer. This is what was loaded before.',
    list: 'Incidents, newest first',
    table: 'Incidents',
    columnsLabel: 'Columns',
    columns: {
      started: 'Started',
      impact: 'Impact',
      incident: 'Incident',
      stages: 'Stages',
      status: 'Status',
      duration: 'Duration',
      ended: 'Ended',
      updated: 'Last change',
      flags: 'Notes',
      revision: 'Revision',
      id: 'Id',
    },
    exports: {
      label: 'Export',
      hint: 'Everything that matches, not only what is loaded.',
      incidentsCsv: 'Incidents (CSV)',
      incidentsNdjson: 'Incidents with updates (NDJSON)',
      daysCsv: 'Outage days (CSV)',
      daysNdjson: 'Outage days (NDJSON)',
    },
  },
  filters: {
    label: 'Filters',
    search: 'Search titles and updates',
    clearSearch: 'Clear the search',
    provider: 'Provider',
    service: 'Service',
    impact: 'Impact',
    status: 'Status',
    any: (facet: string) => `${facet}: any`,
    more: (first: string, n: number) => `${first} +${n}`,
    ongoing: 'Open now',
    period: 'Period',
    from: 'From',
    to: 'Until',
    withdrawn: 'Also what pages have removed',
    clearOne: 'Any',
    clear: 'Clear filters',
  },
  incident: {
    back: 'Incidents',
    loading: 'Loading the incident',
    started: 'Started',
    ended: 'Ended',
    lasted: 'Lasted',
    open: 'Still open',
    lastingFor: (duration: string) => `${duration} so far`,
    impactTime: 'Impact, as the provider states it',
    until: (from: string, to: string) => `${from} to ${to}`,
    services: 'Affected services',
    provider: 'Provider',
    source: 'Source',
    onPage: (host: string) => `Read on ${host}`,
    scheduled: 'Scheduled',
    withdrawn: 'Removed by the provider',
    firstSeen: 'First seen by FAILS',
    updated: 'Last change',
    revision: (n: number) => `revision ${n}`,
    id: 'Id',
    flags: 'Notes on the data',
    timeline: 'Stages',
    stage: 'Stage',
    at: 'At',
    after: 'After the start',
    untilNext: 'Lasted',
    now: 'now',
    noStages: 'No stage was posted.',
    chart: (words: string) => `Stages drawn to scale: ${words}.`,
    updates: 'Updates',
    noUpdates: 'The page posted no text.',
    emptyUpdate: 'No text.',
    showAll: (length: string) => `Show all ${length} characters`,
    showLess: 'Show less',
  },
  flag: (flag: string) => flags[flag] ?? `${spaced(flag)}.`,
  errors: {
    unreachable: 'The gateway does not answer',
    unreachableHint: 'Either it is not running or the connection is lost. This page keeps trying.',
    notReady: 'Not ready yet',
    keepsTrying: (detail: string) => `${detail.replace(/\.?$/, '.')} This page keeps trying.`,
    refused: 'That did not work',
    broken: 'This page broke',
    brokenHint: 'An error of the front end, not of the data.',
    retry: 'Try again',
    reload: 'Reload',
    offline: 'This device is offline.',
  },
  notFound: {
    title: 'Nothing here',
    page: 'This address belongs to no page.',
    incident: 'No incident has this id. It may be older than what was collected.',
    back: 'To the incidents',
  },
};
