// SPDX-License-Identifier: Apache-2.0
// Keeps a drawing on an element: made by ECharts when it comes into view, and made again only while it is in view.
import type { ECharts } from 'echarts/core';
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useNear } from '../lib/near';
import { inTurn } from '../lib/turns';
import { echarts, loadECharts } from './load';
import { scaled, textScale } from './scale';
import type { Drawing, Item } from './shape';

/** The chart of one element, and what was drawn on it last. */
class Surface {
  chart: ECharts | undefined;
  drawn: Drawing | undefined;
  private kind: string | undefined;

  draw(init: typeof import('./echarts').init, element: HTMLElement, drawing: Drawing): ECharts {
    const { height, renderer = 'svg' } = drawing;
    const width = element.clientWidth;
    // A canvas has the pixels of the zoom that it was made at.
    const kind = `${renderer} ${window.devicePixelRatio}`;
    if (this.kind !== kind) this.dispose();
    this.kind = kind;
    this.chart ??= init(element, null, { renderer, height, width });
    if (this.chart.getWidth() !== width || this.chart.getHeight() !== height) {
      this.chart.resize({ width, height });
    }
    this.chart.setOption(drawing.option(), { notMerge: true });
    this.drawn = drawing;
    return this.chart;
  }

  dispose(): void {
    this.chart?.dispose();
    this.chart = undefined;
    this.drawn = undefined;
  }
}

export interface Chart {
  /** The drawing of the moment; undefined before the element has a width. */
  current: Drawing | undefined;
  height: number;
  drawn: boolean;
  failed: boolean;
  /** The place of a pixel on the horizontal axis, as a category index; undefined before it is drawn. */
  categoryAt: (x: number) => number | undefined;
  /** The pixel of a category. */
  pixelOf: (category: number) => number | undefined;
}

const axis = { xAxisIndex: 0 };
const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

// A chart is made a little before it is seen.
const aheadPx = 200;
// As wide as most, until the real width is known: so that nothing jumps then.
const guessedWidth = 600;

/** `drawing` must be the same function as long as it draws the same. */
export function useChart(
  place: RefObject<HTMLElement | null>,
  drawing: (width: number) => Drawing,
  onCell: (cell: string) => void,
): Chart {
  const near = useNear(place, aheadPx);
  const [width, setWidth] = useState(0);
  const [drawn, setDrawn] = useState(false);
  const [failed, setFailed] = useState(false);
  const [surface] = useState(() => new Surface());
  const tell = useRef(onCell);
  const made = useMemo(() => {
    const scale = textScale();
    return scaled(drawing((width || guessedWidth) / scale), scale);
  }, [drawing, width]);
  const current = width > 0 ? made : undefined;
  const { height } = made;

  useEffect(() => {
    tell.current = onCell;
  }, [onCell]);

  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = () => setWidth(Math.round(element.clientWidth));
    // At once and not only when the observer tells: that would be a frame later.
    measure();
    const sized = new ResizeObserver(measure);
    sized.observe(element);
    return () => sized.disconnect();
  }, [place]);

  useEffect(() => {
    const element = place.current;
    // What is out of sight is drawn when it comes back.
    if (!near || !element || !current || surface.drawn === current) return;
    let gone = false;
    const draw = ({ init }: typeof import('./echarts')) => {
      if (gone) return;
      const before = surface.chart;
      const chart = surface.draw(init, element, current);
      if (chart !== before) {
        chart.on('click', (event) => {
          const { cell } = (event.data ?? {}) as Item;
          if (cell !== undefined) tell.current(cell);
        });
      }
      // How often it was drawn, for those who wait for it.
      element.dataset.draws = String(Number(element.dataset.draws ?? 0) + 1);
      setDrawn(true);
    };
    // One chart that fails takes neither its page nor the others with it.
    const attempt = (module: typeof import('./echarts')) => {
      try {
        draw(module);
      } catch (error) {
        setFailed(true);
        reportError(error);
      }
    };
    const there = surface.chart && echarts();
    // The first drawing of a chart is slow, so they appear one after the other; they change together.
    if (there) attempt(there);
    else
      loadECharts().then(
        (module) => inTurn(() => attempt(module)),
        () => setFailed(true),
      );
    return () => {
      gone = true;
    };
  }, [near, current, surface, place]);

  useEffect(() => () => surface.dispose(), [surface]);

  return {
    current,
    height,
    drawn,
    failed,
    categoryAt: (x) => finite(surface.chart?.convertFromPixel(axis, x)),
    pixelOf: (category) => finite(surface.chart?.convertToPixel(axis, category)),
  };
}
