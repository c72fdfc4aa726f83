// SPDX-License-Identifier: Apache-2.0
// One drawing on the page: made by ECharts when it comes into view, clickable to its incidents, and a stretch of time can
// be marked on it where the drawing has a time axis. The words beside it say the same to those who do not see it.
import type { ECharts } from 'echarts/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import styles from './Plot.module.css';
import type { Drawing, Item } from './shape';

interface PlotProps {
  /** Must be the same function as long as it draws the same. */
  drawing: (width: number) => Drawing;
  label: string;
  onCell: (cell: string) => void;
  onPeriod?: ((period: { from: string; to: string }) => void) | undefined;
}

const dragPx = 8;
// A chart is made a little before it is seen.
const ahead = '200px';

export function Plot({ drawing, label, onCell, onPeriod }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);
  const renderer = useRef<string>(undefined);
  const latest = useRef<Drawing>(undefined);
  const draws = useRef(0);
  const [near, setNear] = useState(false);
  const [width, setWidth] = useState(0);
  const [drawn, setDrawn] = useState(false);
  const [failed, setFailed] = useState(false);
  const dragged = useRef(false);
  const tell = useRef(onCell);
  const current = useMemo(() => (width > 0 ? drawing(width) : undefined), [drawing, width]);
  const guess = useMemo(() => drawing(600).height, [drawing]);
  const height = current?.height ?? guess;

  useEffect(() => {
    tell.current = onCell;
  }, [onCell]);

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const seen = new IntersectionObserver(
      (entries) => setNear(entries.at(-1)?.isIntersecting === true),
      { rootMargin: ahead },
    );
    const sized = new ResizeObserver(() => setWidth(Math.round(element.clientWidth)));
    seen.observe(element);
    sized.observe(element);
    return () => {
      seen.disconnect();
      sized.disconnect();
    };
  }, []);

  useEffect(() => {
    const element = place.current;
    // What is out of sight is drawn when it comes back.
    if (!near || !element || !current || latest.current === current) return;
    let gone = false;
    void import('./echarts').then(
      ({ init }) => {
        if (gone) return;
        const wanted = current.renderer ?? 'svg';
        if (renderer.current !== wanted) {
          chart.current?.dispose();
          chart.current = undefined;
        }
        if (!chart.current) {
          renderer.current = wanted;
          const made = init(element, null, { renderer: wanted, height: current.height, width });
          made.on('click', (event) => {
            const { cell } = (event.data ?? {}) as Item;
            if (cell !== undefined && !dragged.current) tell.current(cell);
          });
          chart.current = made;
        } else if (
          chart.current.getWidth() !== width ||
          chart.current.getHeight() !== current.height
        ) {
          chart.current.resize({ width, height: current.height });
        }
        chart.current.setOption(current.option, { notMerge: true });
        latest.current = current;
        draws.current += 1;
        if (element.parentElement) element.parentElement.dataset.draws = String(draws.current);
        setDrawn(true);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, [near, current, width]);

  useEffect(
    () => () => {
      chart.current?.dispose();
      chart.current = undefined;
      renderer.current = undefined;
      latest.current = undefined;
    },
    [],
  );

  const [mark, setMark] = useState<{ from: number; to: number }>();
  const start = useRef<number>(undefined);

  const at = (clientX: number): number =>
    clientX - (place.current?.getBoundingClientRect().left ?? 0);
  const category = (x: number): number => {
    const value = chart.current?.convertFromPixel({ xAxisIndex: 0 }, x);
    return typeof value === 'number' ? value : Number.NaN;
  };

  const begin = (event: React.PointerEvent) => {
    dragged.current = false;
    if (!onPeriod || !current?.period || event.button !== 0 || event.pointerType !== 'mouse')
      return;
    start.current = at(event.clientX);
  };
  const move = (event: React.PointerEvent) => {
    if (start.current === undefined) return;
    const to = at(event.clientX);
    if (Math.abs(to - start.current) < dragPx) return;
    dragged.current = true;
    setMark({ from: Math.min(start.current, to), to: Math.max(start.current, to) });
  };
  const end = () => {
    start.current = undefined;
    if (!mark) return;
    setMark(undefined);
    const [from, to] = [category(mark.from), category(mark.to)];
    if (Number.isNaN(from) || Number.isNaN(to)) return;
    const period = current?.period?.(Math.max(0, from), to);
    if (period) onPeriod?.(period);
  };
  const leave = () => {
    start.current = undefined;
    setMark(undefined);
  };

  return (
    <div
      className={styles.frame}
      style={{ height }}
      data-drawn={drawn || undefined}
      data-brush={(onPeriod && current?.period && true) || undefined}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerLeave={leave}
    >
      <div ref={place} className={styles.place} role="img" aria-label={label} style={{ height }} />
      {!drawn && (
        <p className={styles.wait} aria-hidden="true">
          {failed ? '×' : ''}
        </p>
      )}
      {mark && (
        <div className={styles.mark} style={{ left: mark.from, width: mark.to - mark.from }} />
      )}
    </div>
  );
}
