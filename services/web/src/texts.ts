// SPDX-License-Identifier: Apache-2.0
// Every English text of the front end. Sentences with a variable part are functions.
import type { HealthState, Impact, IncidentEvent, Stage, Status } from './api/models';
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
    health,
    failed: 'The state of the sources is not known: the gateway does not tell.',
  },
  ago: (duration: string) => `${duration} ago`,
  justNow: 'just now',
  impact,
  impactLabel: (word: string) => `Impact: ${word.toLowerCase()}`,
  status,
  stage: status as Record<Stage, string>,
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
