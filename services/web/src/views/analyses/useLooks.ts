// SPDX-License-Identifier: Apache-2.0
// How each chart of a page is looked at, as long as the page is open.
import { useCallback, useState } from 'react';
import { type Look, plainLook } from './looks';

export function useLooks() {
  const [looks, setLooks] = useState<ReadonlyMap<string, Look>>(new Map());
  const setLook = useCallback(
    (id: string, look: Look) => setLooks((before) => new Map(before).set(id, look)),
    [],
  );
  return { look: (id: string): Look => looks.get(id) ?? plainLook, setLook };
}
