// SPDX-License-Identifier: Apache-2.0
import type { Incident } from '../../api/models';
import { dayKey } from '../../lib/time';

export interface DayGroup {
  key: string;
  /** A time of that day; absent for incidents without a start. */
  at: string | undefined;
  incidents: Incident[];
}

/** Consecutive incidents of one local day together, in the given order; each incident once. */
export function groupByDay(incidents: readonly Incident[]): DayGroup[] {
  const groups: DayGroup[] = [];
  const seen = new Set<string>();
  for (const incident of incidents) {
    if (seen.has(incident.id)) continue;
    seen.add(incident.id);
    const key = incident.started_at ? dayKey(incident.started_at) : '';
    const last = groups.at(-1);
    if (last?.key === key) last.incidents.push(incident);
    else groups.push({ key, at: incident.started_at, incidents: [incident] });
  }
  return groups;
}
