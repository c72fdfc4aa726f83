// SPDX-License-Identifier: Apache-2.0
// Of the page of sources, and of their state in the footer.
import type { HealthState } from '../api/models';
import { count } from './words';

const health: Record<HealthState, string> = {
  ok: 'answering',
  stale: 'late',
  unreachable: 'unreachable',
  wrong_content: 'not a status page',
  rate_limited: 'rate limited',
  frozen: 'frozen',
  moved: 'moved elsewhere',
  deleted: 'taken down',
  unknown: 'not checked yet',
};

export const sources = {
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
  redirected: (host: string) => `${host} answers in its place`,
  backfill: {
    running: 'being read',
    done: 'read',
    failed: 'interrupted',
    unknown: 'unknown',
  } as Record<string, string>,
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
};
