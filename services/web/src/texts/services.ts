// SPDX-License-Identifier: Apache-2.0
// Of how services do: the first page, calendars, providers and services.
import { count } from './words';

export const now = {
  title: 'Now',
  loading: 'Asking how the services do',
  troubled: (n: number, all: number) =>
    `${n} of ${count(all, 'service', 'services')} ${n === 1 ? 'has' : 'have'} trouble`,
  fine: (n: number, unknown: number) =>
    n === 1 ? 'The service works' : `All ${n} ${unknown > 0 ? 'known ' : ''}services work`,
  open: (n: number) => `${count(n, 'incident is', 'incidents are')} open`,
  allUnknown: 'The state of the services is not known',
  unknown: (n: number) => `${n} unknown: nobody vouches for ${n === 1 ? 'it' : 'them'} now`,
  since: (ago: string) => (ago.endsWith(' ago') ? `for ${ago.replace(/ ago$/, '')}` : ago),
  neverSaid: 'no page has said anything yet',
  available: (share: string) => `${share} up in 90 days`,
  more: (n: number) => `and ${n} more`,
  noPage: 'no status page is read',
  empty: 'No service is watched',
  emptyHint: 'The catalogue of this installation names none.',
  note: 'A state is what the provider’s own page says. Each mark of a strip is a day; the taller and darker it is, the longer the service was down. A click on a day leads to its incidents.',
};

export const strip = {
  words: (days: number, bad: number) =>
    bad === 0 ? `${days} days without an outage` : `${days} days, ${bad} of them with an outage`,
  value: (share: string) => `${share} available`,
  nothing: 'nothing known',
  noRecord: 'No record of days yet',
};

export const year = {
  title: 'The last year',
  label: (name: string) => `A year of ${name}`,
  /** Beside the first, third and fifth row. */
  weekdays: { 0: 'Mon', 2: 'Wed', 4: 'Fri' },
  list: (n: number) => count(n, 'day with an outage', 'days with an outage'),
  levels: {
    fine: 'no outage',
    minor: '≥ 99 %',
    major: '90 – 99 %',
    critical: '< 90 %',
    none: 'nothing known',
  },
};

export const providers = {
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
  interval: (low: string, high: string, n: number) => `95 %: ${low} – ${high}, n ${n}`,
  of: (n: number) => `n ${n}`,
  note: 'The strip and the share are of the last 90 days: each mark is a day; the taller and darker it is, the longer the service was down.',
};
