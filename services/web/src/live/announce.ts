// SPDX-License-Identifier: Apache-2.0
// What a screen reader is told about live changes: one sentence at a time, the latest wins.
import { createStore, useStore } from './store';

const sentence = createStore('');
const pauseMs = 2500;

let pending: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

function release(): void {
  if (pending === undefined) {
    timer = undefined;
    return;
  }
  sentence.set(pending);
  pending = undefined;
  timer = setTimeout(release, pauseMs);
}

export function announce(text: string): void {
  pending = text;
  if (timer === undefined) release();
}

export const useAnnouncement = (): string => useStore(sentence, (text) => text);
