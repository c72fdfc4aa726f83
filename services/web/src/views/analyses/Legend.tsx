// SPDX-License-Identifier: Apache-2.0
// What the colours mean; a click takes a part out of the drawing and brings it back.
import type { LegendItem } from '../../charts/shape';
import { ImpactGlyph } from '../../components/Glyphs';
import { texts } from '../../texts';
import styles from './Legend.module.css';

interface LegendProps {
  items: readonly LegendItem[];
  hidden: ReadonlySet<string>;
  onChange: (hidden: ReadonlySet<string>) => void;
}

// An id that begins so names a colour only.
const isFixed = (id: string): boolean => id.startsWith('=');

function Mark({ item }: { item: LegendItem }) {
  return item.impact ? (
    <span className={styles.sign} data-impact={item.impact}>
      <ImpactGlyph impact={item.impact} />
    </span>
  ) : (
    <span className={styles.mark} style={{ background: item.color }} />
  );
}

export function Legend({ items, hidden, onChange }: LegendProps) {
  const toggle = (id: string) => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    // Everything hidden is nothing drawn: the last one brings all back.
    onChange(items.every((item) => next.has(item.id)) ? new Set() : next);
  };
  return (
    <ul className={styles.legend} aria-label={texts.analyses.legend}>
      {items.map((item) => (
        <li key={item.id}>
          {isFixed(item.id) ? (
            <span className={styles.item}>
              <Mark item={item} />
              {item.label}
            </span>
          ) : (
            <button
              type="button"
              className={styles.item}
              aria-pressed={!hidden.has(item.id)}
              onClick={() => toggle(item.id)}
            >
              <Mark item={item} />
              {item.label}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
