// SPDX-License-Identifier: Apache-2.0
// Whether a status page answers, and since when: another question than how its services do.
import type { Page } from '../api/models';
import { oneLine } from '../lib/text';
import { texts } from '../texts';
import styles from './Freshness.module.css';
import { HealthGlyph } from './Glyphs';
import { Ago } from './When';

export function Freshness({ page }: { page: Page }) {
  const { health } = page;
  const { last_success_at: answered, last_attempt_at: asked } = health;
  if (page.status === 'dormant') {
    return <span className={styles.fresh}>{texts.sources.dormant}</span>;
  }
  return (
    <span
      className={styles.fresh}
      data-state={health.state}
      title={health.last_error ? oneLine(health.last_error) : undefined}
    >
      <HealthGlyph state={health.state} />
      <span>{texts.sources.health[health.state] ?? health.state}</span>
      <span className={styles.ago}>
        {health.state === 'ok' && asked && <Ago at={asked} say={texts.sources.checked} />}
        {health.state !== 'ok' && answered && <Ago at={answered} say={texts.sources.lastGood} />}
        {health.state !== 'ok' && !answered && asked && texts.sources.never}
      </span>
    </span>
  );
}
