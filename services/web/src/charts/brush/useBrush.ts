// SPDX-License-Identifier: Apache-2.0
// The stretch that is being chosen: by dragging across the chart, or by moving its ends (Brush.tsx).
import { type PointerEvent, useRef, useState } from 'react';
import { announce } from '../../live/announce';
import { texts } from '../../texts';
import type { Period, TimeAxis } from '../shape';
import { between, type Stretch } from './stretch';

// Less is a click that trembled.
const dragPx = 8;

export interface Brush {
  /** Undefined where none is being chosen. */
  stretch: Stretch | undefined;
  choose: (stretch: Stretch) => void;
  /** Takes what is chosen for the page's period. */
  apply: () => void;
  giveUp: () => void;
  /** For the frame around the chart. With a finger, vertical movement stays the page's (`touch-action: pan-y`). */
  pointer: {
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: () => void;
    onPointerCancel: () => void;
  };
}

export function useBrush(
  time: TimeAxis | undefined,
  categoryAt: (x: number) => number | undefined,
  onPeriod: ((period: Period) => void) | undefined,
): Brush {
  const [stretch, setStretch] = useState<Stretch>();
  const start = useRef<number>(undefined);
  const place = ({ currentTarget, clientX }: PointerEvent): number =>
    clientX - currentTarget.getBoundingClientRect().left;

  const giveUp = () => {
    start.current = undefined;
    setStretch(undefined);
  };
  const apply = () => {
    giveUp();
    if (!stretch || !time) return;
    const { from, to } = stretch;
    const period = time.period(from, to);
    if (!period) return;
    announce(
      texts.analyses.brush.chosen(
        texts.analyses.brush.range(time.steps[from] ?? '', time.steps[to] ?? ''),
      ),
    );
    onPeriod?.(period);
  };

  return {
    stretch,
    choose: setStretch,
    apply,
    giveUp,
    pointer: {
      onPointerDown: (event) => {
        if (time && onPeriod && event.isPrimary && event.button === 0) start.current = place(event);
      },
      onPointerMove: (event) => {
        if (start.current === undefined || !time) return;
        const x = place(event);
        if (stretch === undefined && Math.abs(x - start.current) < dragPx) return;
        const [one, other] = [categoryAt(start.current), categoryAt(x)];
        if (one === undefined || other === undefined) return;
        // What began on the chart may end beside it.
        event.currentTarget.setPointerCapture(event.pointerId);
        setStretch(between(one, other, time.steps.length));
      },
      onPointerUp: () => {
        if (start.current !== undefined) apply();
      },
      onPointerCancel: giveUp,
    },
  };
}
