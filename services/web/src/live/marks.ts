// SPDX-License-Identifier: Apache-2.0
// Which incidents have just appeared or changed, for as long as the page shows it.
import { createStore, useStore } from './store';

export type Mark = 'new' | 'changed';

const markMs = 6000;
const marks = createStore<ReadonlyMap<string, Mark>>(new Map());

/** Marks the incidents for some seconds. An incident that is still marked as new stays new. */
export function mark(ids: ReadonlyMap<string, Mark>): void {
  if (ids.size === 0) return;
  const next = new Map(marks.get());
  for (const [id, kind] of ids) if (next.get(id) !== 'new') next.set(id, kind);
  marks.set(next);
  setTimeout(() => {
    const left = new Map(marks.get());
    for (const id of ids.keys()) left.delete(id);
    marks.set(left);
  }, markMs);
}

export const useMark = (id: string): Mark | undefined => useStore(marks, (map) => map.get(id));
