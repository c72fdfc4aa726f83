// SPDX-License-Identifier: Apache-2.0
// Words that many texts have: counted things, impacts, statuses and states.
import type { Impact, ServiceStatus, Status } from '../api/models';

export const count = (n: number, one: string, many: string): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

const and = new Intl.ListFormat('en-GB');

/** "A, B and C". */
export const list = (names: readonly string[]): string => and.format(names);

export const status: Record<Status, string> = {
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

export const impact: Record<Impact, string> = {
  none: 'None',
  minor: 'Minor',
  major: 'Major',
  critical: 'Critical',
  maintenance: 'Maintenance',
  unknown: 'Unknown',
};

export const states: Record<ServiceStatus, string> = {
  operational: 'Operational',
  maintenance: 'Maintenance',
  degraded: 'Degraded',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
  unknown: 'Unknown',
};
