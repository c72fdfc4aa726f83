// SPDX-License-Identifier: Apache-2.0
// The height that a drawing may have while its card fills the screen.
import { type RefObject, useEffect, useState } from 'react';
import { textScale } from '../../charts/scale';
import type { Look } from './looks';

/** What the card holds beside its drawing stays in sight. */
function roomIn(card: HTMLElement): number {
  const plot = card.querySelector('[data-plot]');
  const last = card.lastElementChild;
  if (!plot || !last) return 0;
  const { paddingBottom } = getComputedStyle(card);
  const end =
    last.getBoundingClientRect().bottom + card.scrollTop + Number.parseFloat(paddingBottom);
  const room = window.innerHeight - (end - plot.getBoundingClientRect().height);
  return Math.floor(room / textScale());
}

/** In pixels of a drawing; 0 while the card is one of the page. `look` is what changes the words around the drawing. */
export function useFullScreen(card: RefObject<HTMLElement | null>, look: Look): number {
  const [room, setRoom] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again whenever it looks different
  useEffect(() => {
    const measure = () => {
      const full = card.current !== null && document.fullscreenElement === card.current;
      setRoom(full && card.current ? Math.max(1, roomIn(card.current)) : 0);
    };
    measure();
    document.addEventListener('fullscreenchange', measure);
    window.addEventListener('resize', measure);
    return () => {
      document.removeEventListener('fullscreenchange', measure);
      window.removeEventListener('resize', measure);
    };
  }, [card, look]);
  return room;
}
