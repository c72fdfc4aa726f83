// SPDX-License-Identifier: Apache-2.0
// The live stream of incident events, over fetch instead of EventSource: the heartbeat is visible, so a connection that
// is dead but not closed is noticed, and a refusal (503 while the gateway starts) is retried instead of final.

import type { LiveEvent } from './models';
import { SseParser } from './sse';

export type ConnectionState = 'connecting' | 'live' | 'reconnecting';

export interface EventStreamOptions {
  onEvent: (event: LiveEvent) => void;
  /** `again` is true when the stream is live after an attempt that failed: something may have been missed. */
  onState: (state: ConnectionState, again: boolean) => void;
  url?: string;
  /** The gateway sends a heartbeat every 15 s; silence for longer than this is a dead connection. */
  silenceMs?: number;
}

export interface EventStream {
  close(): void;
  /** Ends a wait between two attempts, for example when the network is back. */
  retryNow(): void;
  /** Drops the connection until `resume`; nothing is lost, the stream continues after the last event seen. */
  pause(): void;
  resume(): void;
}

const longestWaitMs = 15_000;

export const backoffMs = (attempt: number, random = Math.random()): number =>
  Math.min(500 * 2 ** attempt, longestWaitMs) * (0.75 + 0.5 * random);

export function openEventStream(options: EventStreamOptions): EventStream {
  const { onEvent, onState, url = '/api/v1/events', silenceMs = 40_000 } = options;
  let closed = false;
  let paused = false;
  let lastId: string | undefined;
  let failed = false;
  let attempt = 0;
  let abort = new AbortController();
  let wake: () => void = () => {};

  const sleep = (ms: number | undefined) =>
    new Promise<void>((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function readOnce(): Promise<void> {
    abort = new AbortController();
    let watchdog = setTimeout(() => abort.abort(), silenceMs);
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => abort.abort(), silenceMs);
    };
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (lastId !== undefined) headers['last-event-id'] = lastId;
      const response = await fetch(url, { headers, cache: 'no-store', signal: abort.signal });
      if (response.status >= 400 && response.status < 500) lastId = undefined; // too old to resume from
      if (!response.ok || !response.body) throw new Error(`events: HTTP ${response.status}`);
      alive();
      onState('live', failed);
      failed = false;
      attempt = 0;
      const parser = new SseParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        alive();
        for (const event of parser.push(value)) {
          lastId = event.id ?? lastId;
          onEvent(JSON.parse(event.data) as LiveEvent);
        }
      }
    } finally {
      clearTimeout(watchdog);
      abort.abort();
    }
  }

  async function run(): Promise<void> {
    onState('connecting', false);
    while (!closed) {
      if (paused) {
        await sleep(undefined);
        continue;
      }
      try {
        await readOnce();
      } catch {
        // Every reason ends the same way: the state below is shown and the next attempt follows.
      }
      if (closed) return;
      if (paused) continue;
      failed = true;
      onState('reconnecting', false);
      await sleep(backoffMs(attempt++));
    }
  }

  void run();

  return {
    close() {
      closed = true;
      abort.abort();
      wake();
    },
    retryNow() {
      attempt = 0;
      if (!paused) wake();
    },
    pause() {
      paused = true;
      abort.abort();
    },
    resume() {
      if (!paused) return;
      paused = false;
      attempt = 0;
      wake();
    },
  };
}
