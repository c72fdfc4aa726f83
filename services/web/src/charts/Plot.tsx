// SPDX-License-Identifier: Apache-2.0
// One drawing on the page, clickable to its incidents; where it has a time axis, a stretch of it can be chosen. The words
// beside it say the same to those who do not see it.
import { useRef } from 'react';
import { BrushMark } from './brush/BrushMark';
import { useBrush } from './brush/useBrush';
import styles from './Plot.module.css';
import type { Drawing, Period } from './shape';
import { useChart } from './useChart';

interface PlotProps {
  /** Must be the same function as long as it draws the same. */
  drawing: (width: number) => Drawing;
  label: string;
  onCell: (cell: string) => void;
  onPeriod?: ((period: Period) => void) | undefined;
}

export function Plot({ drawing, label, onCell, onPeriod }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useChart(place, drawing, onCell);
  const { height, drawn, failed } = chart;
  const time = drawn && onPeriod ? chart.current?.time : undefined;
  const brush = useBrush(time, chart.categoryAt, onPeriod);
  return (
    <div
      className={styles.frame}
      style={{ height }}
      data-plot=""
      data-drawn={drawn || undefined}
      data-brush={time !== undefined || undefined}
      {...brush.pointer}
    >
      <div ref={place} className={styles.place} role="img" aria-label={label} style={{ height }} />
      {!drawn && (
        <p className={styles.wait} aria-hidden="true">
          {failed ? '×' : ''}
        </p>
      )}
      {time && time.steps.length > 1 && (
        <BrushMark brush={brush} steps={time.steps} pixelOf={chart.pixelOf} />
      )}
    </div>
  );
}
