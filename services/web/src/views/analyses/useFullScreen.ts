// SPDX-License-Identifier: Apache-2.0
// The height that a drawing may have while its card fills the screen.
import { type RefObject, useEffect, useState } from 'react';
import { textScale } from '../../charts/scale';

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

/** In pixels of a drawing; 0 while the card is one of the page. */
export function useFullScreen(card: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const measure = () => {
      const full = card.current !== null && document.fullscreenElement === card.current;
      setRoom(full && card.current ? Math.max(1, roomIn(card.current)) : 0);
    };
    document.addEventListener('fullscreenchange', measure);
    window.addEventListener('resize', measure);
    return () => {
      document.removeEventListener('fullscreenchange', measure);
      window.removeEventListener('resize', measure);
    };
  }, [card]);
  return room;
}
