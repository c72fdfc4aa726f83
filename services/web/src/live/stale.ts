// SPDX-License-Identifier: Apache-2.0
// Answers that follow from incidents, but that no event can be put into: they are asked again after changes, seldom
// enough for a busy stream.
import type { QueryClient } from '@tanstack/react-query';
import { analysesKey } from '../api/analyses';
import { statusKey } from '../api/queries';

const kinds = [
  { key: statusKey, afterMs: 1500 },
  { key: [analysesKey], afterMs: 10_000 },
] as const;

export class StaleAnswers {
  private timers = new Map<object, ReturnType<typeof setTimeout>>();

  constructor(private readonly client: QueryClient) {}

  changed(): void {
    for (const kind of kinds) {
      if (this.timers.has(kind)) continue;
      const timer = setTimeout(() => {
        this.timers.delete(kind);
        void this.client.invalidateQueries({ queryKey: kind.key });
      }, kind.afterMs);
      this.timers.set(kind, timer);
    }
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }
}
