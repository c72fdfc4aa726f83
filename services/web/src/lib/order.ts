// SPDX-License-Identifier: Apache-2.0
// The time by which an incident stands in the list, as the API sorts it: a maintenance that has not begun stands at the
// time it is planned for.
import type { Incident } from '../api/models';

export function listTime(incident: Incident): string | undefined {
  const { started_at, scheduled_for, updates, first_seen_at } = incident;
  return started_at ?? scheduled_for ?? updates?.at(-1)?.at ?? first_seen_at;
}

/** Negative when `a` stands before `b`: newest first, then by id, descending. */
export function byNewest(a: Incident, b: Incident): number {
  const difference = time(b) - time(a);
  if (difference !== 0) return difference;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

const time = (incident: Incident): number => Date.parse(listTime(incident) ?? '') || 0;
