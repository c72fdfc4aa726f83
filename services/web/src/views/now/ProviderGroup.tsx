// SPDX-License-Identifier: Apache-2.0
import { Link } from '@tanstack/react-router';
import type { AvailabilityResult, Page, ServiceState } from '../../api/models';
import { Freshness } from '../../components/Freshness';
import { type Catalog, ProviderName } from '../../components/ProviderName';
import { daysOf } from '../../lib/calendar';
import { texts } from '../../texts';
import styles from './ProviderGroup.module.css';
import { ServiceCard } from './ServiceCard';

interface ProviderGroupProps {
  provider: string;
  states: readonly ServiceState[];
  catalog: Catalog;
  pages: readonly Page[];
  calendars: AvailabilityResult | undefined;
}

export function ProviderGroup(props: ProviderGroupProps) {
  const { provider, states, catalog, pages, calendars } = props;
  const headingId = `provider-${provider}`;
  return (
    <section aria-labelledby={headingId} className={styles.group}>
      <header className={styles.head}>
        <h2 id={headingId} className={styles.name}>
          <Link
            to="/providers/$provider"
            params={{ provider }}
            search={{}}
            className={styles.link ?? ''}
          >
            <ProviderName id={provider} catalog={catalog} />
          </Link>
        </h2>
        <p className={styles.sources}>
          {pages.map((page) => (
            <Freshness key={page.id} page={page} />
          ))}
          {pages.length === 0 && <span className={styles.none}>{texts.now.noPage}</span>}
        </p>
      </header>
      <ul className={styles.cards}>
        {states.map((state) => (
          <ServiceCard
            key={state.service}
            state={state}
            catalog={catalog}
            days={daysOf(calendars, state.service)}
            known={calendars !== undefined}
          />
        ))}
      </ul>
    </section>
  );
}
