// SPDX-License-Identifier: Apache-2.0
// Answers that follow from incidents, but that no event can be put into: they are asked again after changes, seldom
// enough for a busy stream.
import type { QueryClient } from '@tanstack/react-query';
import { analysesKey } from '../api/analyses';
import type { Incident, LiveEvent } from '../api/models';
import { askIncidents, statusKey } from '../api/queries';
import { isServiceEvent } from './states';

const kinds = [
  { key: statusKey, afterMs: 1500 },
  { key: [analysesKey], afterMs: 10_000 },
] as const;

const flapsAfterMs = 5000;

/** Flaps of a group are equal in this. */
const nameOf = ({ provider, title }: Incident): string => `${provider}/${title}`;

export class StaleAnswers {
  private timers = new Map<object, ReturnType<typeof setTimeout>>();
  private flapped = new Set<string>();

  constructor(private readonly client: QueryClient) {}

  changed(event: LiveEvent): void {
    for (const kind of kinds) {
      this.later(kind, kind.afterMs, () => this.client.invalidateQueries({ queryKey: kind.key }));
    }
    if (isServiceEvent(event)) return;
    this.flapped.add(nameOf(event.data));
    this.later(this.flapped, flapsAfterMs, async () => {
      const names = new Set(this.flapped);
      this.flapped.clear();
      await askIncidents(this.client, (incident) => names.has(nameOf(incident)));
    });
  }

  private later(kind: object, ms: number, ask: () => Promise<void>): void {
    if (this.timers.has(kind)) return;
    const timer = setTimeout(() => {
      this.timers.delete(kind);
      void ask();
    }, ms);
    this.timers.set(kind, timer);
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }
}
