// SPDX-License-Identifier: Apache-2.0
// The strip of status pages that are read: whether they answer is another question than how their services are.
import { useQuery } from '@tanstack/react-query';
import type { Page } from '../api/models';
import { pagesQuery } from '../api/queries';
import { oneLine } from '../lib/text';
import { texts } from '../texts';
import { HealthGlyph } from './Glyphs';
import { type Catalog, ProviderName } from './ProviderName';
import styles from './Sources.module.css';
import { Ago } from './When';

function Source({ page, catalog }: { page: Page; catalog: Catalog }) {
  const { health } = page;
  const dormant = page.status === 'dormant';
  const { last_success_at: answered, last_attempt_at: asked } = health;
  return (
    <li
      className={styles.source}
      title={health.last_error ? oneLine(health.last_error) : undefined}
    >
      <ProviderName id={page.provider} catalog={catalog} />
      {dormant ? (
        <span className={styles.ago}>{texts.sources.dormant}</span>
      ) : (
        <>
          <span className={styles.state} data-state={health.state}>
            <HealthGlyph state={health.state} />
            {texts.sources.health[health.state] ?? health.state}
          </span>
          <span className={styles.ago} data-state={health.state}>
            {health.state === 'ok' && asked && <Ago at={asked} say={texts.sources.checked} />}
            {health.state !== 'ok' &&
              (answered ? (
                <Ago at={answered} say={texts.sources.lastGood} />
              ) : (
                asked && texts.sources.never
              ))}
          </span>
        </>
      )}
    </li>
  );
}

export function Sources({ catalog }: { catalog: Catalog }) {
  const { data, isError } = useQuery(pagesQuery);
  return (
    <section className={styles.sources} aria-label={texts.sources.label}>
      {data && (
        <ul className={styles.list}>
          {data.pages.map((page) => (
            <Source key={page.id} page={page} catalog={catalog} />
          ))}
        </ul>
      )}
      {!data && isError && <p className={styles.failed}>{texts.sources.failed}</p>}
    </section>
  );
}
