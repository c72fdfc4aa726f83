// SPDX-License-Identifier: Apache-2.0
// What an event about a service does to the board of states. Pure.
import type { LiveEvent, ServiceEvent, ServiceStatus, StatusList } from '../api/models';

export const isServiceEvent = (event: LiveEvent): event is ServiceEvent =>
  event.type === 'fails.service.status_changed';

export const isTrouble = (status: ServiceStatus): boolean =>
  status === 'degraded' || status === 'partial_outage' || status === 'major_outage';

const newer = (a: string | undefined, b: string): boolean =>
  a !== undefined && Date.parse(a) > Date.parse(b);

/** The board with the event's state; an event older than what is known changes nothing. */
export function patchStates(list: StatusList, event: ServiceEvent['data']): StatusList {
  const at = list.services.findIndex(({ service }) => service === event.service);
  const old = list.services[at];
  if (!old || newer(old.reported_at, event.reported_at)) return list;
  const { status, since, page, reported_at, ongoing_incidents } = event;
  const services = list.services.with(at, {
    ...old,
    status,
    since,
    page,
    reported_at,
    ongoing_incidents,
  });
  return {
    ...list,
    services,
    summary: {
      services: services.length,
      troubled: services.filter(({ status }) => isTrouble(status)).length,
      unknown: services.filter(({ status }) => status === 'unknown').length,
    },
  };
}
