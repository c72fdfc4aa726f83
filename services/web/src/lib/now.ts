// SPDX-License-Identifier: Apache-2.0
// The current time for components, moving in steps of five seconds; one timer for the whole page.
import { useSyncExternalStore } from 'react';

const stepMs = 5000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function subscribe(listener: () => void): () => void {
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, stepMs);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Milliseconds since the epoch. */
export const useNow = (): number =>
  useSyncExternalStore(
    subscribe,
    () => now,
    () => now,
  );

/** Now, in steps of ten minutes: for queries that shall be equal, and found in the cache, while one looks around. */
export const roughNow = (): Date => new Date(Math.floor(Date.now() / 600_000) * 600_000);
