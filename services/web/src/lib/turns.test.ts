// SPDX-License-Identifier: Apache-2.0
import { expect, it, vi } from 'vitest';
import { inTurn } from './turns';

it('does one piece of work a frame, in their order', async () => {
  const frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (next: () => void) => frames.push(next));
  const done: string[] = [];
  inTurn(() => done.push('one'));
  inTurn(() => done.push('two'));
  await vi.waitFor(() => expect(frames).toHaveLength(1));
  expect(done).toEqual(['one']);
  frames.shift()?.();
  await vi.waitFor(() => expect(done).toEqual(['one', 'two']));
});
