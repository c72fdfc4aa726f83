// SPDX-License-Identifier: Apache-2.0
// Every English text of the front end, by the part of it that says it; those of the drawings are in shapes.ts. Sentences
// with a variable part are functions.
import type { IncidentEvent, Stage } from '../api/models';
import { oneLine } from '../lib/text';
import { analyses, cell } from './analyses';
import { filters, flag, incident, incidents } from './incidents';
import { reference } from './reference';
import { now, providers, strip, year } from './services';
import { sources } from './sources';
import { count, impact, states, status } from './words';

const eventWords: Record<string, string> = {
  'fails.incident.opened': 'New incident',
  'fails.incident.reopened': 'Reopened',
  'fails.incident.resolved': 'Resolved',
  'fails.incident.withdrawn': 'Withdrawn',
};

export const texts = {
  app: {
    name: 'FAILS',
    footer: 'Incidents of AI providers, as their status pages tell them',
    skip: 'Skip to the content',
    title: (page: string) => `${page} · FAILS`,
  },
  zone: {
    label: 'Times in',
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
  copy: 'Copy',
  copied: 'Copied',
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
  analyses,
  cell,
  filters,
  flag,
  incident,
  incidents,
  now,
  providers,
  reference,
  sources,
  strip,
  year,
};
