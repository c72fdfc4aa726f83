// SPDX-License-Identifier: Apache-2.0
import type { ServiceStatus } from '../api/models';
import { texts } from '../texts';
import { StateGlyph } from './Glyphs';
import styles from './ImpactWord.module.css';

/** A service's state as shape, colour and word. */
export function StateWord({ state }: { state: ServiceStatus }) {
  return (
    <span className={styles.impact} data-service-state={state}>
      <StateGlyph state={state} className={styles.glyph ?? ''} />
      {texts.state[state] ?? texts.state.unknown}
    </span>
  );
}
