// SPDX-License-Identifier: Apache-2.0
import type { Incident } from '../../api/models';
import { listTime } from '../../lib/order';
import { dayKey } from '../../lib/time';

export interface DayGroup {
  /** Unique among the groups. */
  key: string;
  /** A time of that day; absent for incidents without any. */
  at: string | undefined;
  incidents: Incident[];
}

/** The incidents of one local day together, in the given order; each incident once. */
export function groupByDay(incidents: readonly Incident[]): DayGroup[] {
  const groups = new Map<string, DayGroup>();
  const seen = new Set<string>();
  for (const incident of incidents) {
    if (seen.has(incident.id)) continue;
    seen.add(incident.id);
    const at = listTime(incident);
    const key = at === undefined ? '' : dayKey(at);
    const group = groups.get(key) ?? { key, at, incidents: [] };
    group.incidents.push(incident);
    groups.set(key, group);
  }
  return [...groups.values()];
}
