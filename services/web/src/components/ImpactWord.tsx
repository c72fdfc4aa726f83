// SPDX-License-Identifier: Apache-2.0
import type { Impact } from '../api/models';
import { texts } from '../texts';
import { ImpactGlyph } from './Glyphs';
import styles from './ImpactWord.module.css';

/** The impact as shape, colour and word. */
export function ImpactWord({ impact }: { impact: Impact }) {
  return (
    <span className={styles.impact} data-impact={impact}>
      <ImpactGlyph impact={impact} className={styles.glyph ?? ''} />
      <span className="visually-hidden">{texts.impactLabel(texts.impact[impact] ?? impact)}</span>
      <span aria-hidden="true">{texts.impact[impact] ?? impact}</span>
    </span>
  );
}
