// SPDX-License-Identifier: Apache-2.0
// What is chosen on a time axis, drawn over the chart, and its two ends for the keyboard: Enter applies, Escape gives up.
import { type CSSProperties, type FocusEvent, type KeyboardEvent, useId, useState } from 'react';
import { announce } from '../../live/announce';
import { texts } from '../../texts';
import styles from './BrushMark.module.css';
import { type End, moved, whole } from './stretch';
import type { Brush } from './useBrush';

interface BrushMarkProps {
  brush: Brush;
  steps: readonly string[];
  pixelOf: (category: number) => number | undefined;
}

const ends: readonly End[] = ['from', 'to'];

export function BrushMark({ brush, steps, pixelOf }: BrushMarkProps) {
  const hint = useId();
  const [focused, setFocused] = useState<End>();
  const stretch = brush.stretch ?? whole(steps.length);
  const words = texts.analyses.brush;
  const name = (end: End) => steps[stretch[end]] ?? '';

  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      brush.apply();
    } else if (event.key === 'Escape' && brush.stretch) {
      brush.giveUp();
      announce(words.givenUp);
    }
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (currentTarget.contains(relatedTarget)) return;
    setFocused(undefined);
    brush.giveUp();
  };

  const [first = 0, second = 0] = [pixelOf(0), pixelOf(1)];
  const step = second - first;
  const left = (pixelOf(stretch.from) ?? 0) - step / 2;
  const width = (stretch.to - stretch.from + 1) * step;
  return (
    <fieldset aria-label={words.label} onBlur={leave}>
      {(brush.stretch || focused) && (
        <div aria-hidden="true" style={{ '--middle': `${left + width / 2}px` } as CSSProperties}>
          <div className={styles.mark} data-end={focused} style={{ left, width }} />
          <span className={styles.range}>{words.range(name('from'), name('to'))}</span>
        </div>
      )}
      {ends.map((end) => (
        <input
          key={end}
          type="range"
          className="visually-hidden"
          min={0}
          max={steps.length - 1}
          value={stretch[end]}
          aria-label={words[end]}
          aria-valuetext={name(end)}
          aria-describedby={hint}
          onFocus={() => setFocused(end)}
          onChange={({ target }) => brush.choose(moved(stretch, end, Number(target.value)))}
          onKeyDown={press}
        />
      ))}
      <p id={hint} className={styles.hint} hidden={!focused}>
        {words.hint}
      </p>
    </fieldset>
  );
}
