// SPDX-License-Identifier: Apache-2.0
// Puts live events into the query cache, in batches, and remembers the recent ones: an answer of the API that was on its
// way when an event came may be older than the event.
import type { QueryClient } from '@tanstack/react-query';
import type { Filters } from '../api/filters';
import type { IncidentDetail, IncidentEvent } from '../api/models';
import { cachedLists, type IncidentPages, incidentKey, incidentsQuery } from '../api/queries';
import { texts } from '../texts';
import { type Mark, mark } from './marks';
import { patchList } from './patch';

const batchMs = 120;
// More at once are a history being collected, nothing to be pointed at one by one.
const mostMarks = 20;
const rememberMs = 60_000;
const askEveryMs = 5000;

export class LiveUpdates {
  private queue: IncidentEvent[] = [];
  private flushTimer: ReturnType<typeof setTimeout> | undefined;
  private askTimer: ReturnType<typeof setTimeout> | undefined;
  private recent = new Map<string, { event: IncidentEvent; at: number }>();
  private readonly unsubscribe: () => void;

  constructor(
    private readonly client: QueryClient,
    private readonly announce: (text: string) => void,
  ) {
    this.unsubscribe = client.getQueryCache().subscribe((change) => {
      if (change.type !== 'updated' || change.action.type !== 'success') return;
      if (change.action.manual || change.query.queryKey[0] !== 'incidents') return;
      this.reapply(change.query.queryKey[1] as Filters);
    });
  }

  push(event: IncidentEvent): void {
    this.queue.push(event);
    this.flushTimer ??= setTimeout(() => this.flush(), batchMs);
  }

  close(): void {
    clearTimeout(this.flushTimer);
    clearTimeout(this.askTimer);
    this.unsubscribe();
  }

  private flush(): void {
    this.flushTimer = undefined;
    const events = this.queue;
    this.queue = [];
    this.remember(events);
    const marks = new Map<string, Mark>();
    let ask = false;
    for (const { filters, data } of cachedLists(this.client)) {
      const patched = patchList(data, filters, events);
      ask ||= patched.ask;
      if (patched.data !== data) this.write(filters, patched.data);
      for (const id of patched.changed) marks.set(id, 'changed');
      for (const id of patched.added) marks.set(id, 'new');
    }
    for (const event of events) {
      const { changed: _changed, ...incident } = event.data;
      this.client.setQueryData<IncidentDetail>(incidentKey(incident.id), (old) =>
        old && old.revision < incident.revision
          ? { ...incident, ...(old.flap_group && { flap_group: old.flap_group }) }
          : old,
      );
      if (!marks.has(incident.id)) marks.set(incident.id, 'changed');
    }
    if (marks.size <= mostMarks) mark(marks);
    const last = events.at(-1);
    if (last && events.length <= mostMarks) this.announce(texts.live.announce(last));
    if (ask) this.ask();
  }

  private remember(events: readonly IncidentEvent[]): void {
    const now = Date.now();
    for (const [id, { at }] of this.recent) if (now - at > rememberMs) this.recent.delete(id);
    for (const event of events) this.recent.set(event.data.id, { event, at: now });
  }

  private reapply(filters: Filters): void {
    const data = this.client.getQueryData<IncidentPages>(incidentsQuery(filters).queryKey);
    if (!data) return;
    const events = [...this.recent.values()].map(({ event }) => event);
    const patched = patchList(data, filters, events);
    if (patched.data !== data) this.write(filters, patched.data);
  }

  private write(filters: Filters, data: IncidentPages): void {
    const { queryKey } = incidentsQuery(filters);
    const updatedAt = this.client.getQueryState(queryKey)?.dataUpdatedAt;
    // The age of the data stays that of the server's answer.
    this.client.setQueryData(queryKey, data, updatedAt === undefined ? {} : { updatedAt });
  }

  private ask(): void {
    this.askTimer ??= setTimeout(() => {
      this.askTimer = undefined;
      void this.client.invalidateQueries({ queryKey: ['incidents'] });
    }, askEveryMs);
  }
}
