// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import type { Incident } from '../../api/models';
import type { Catalog } from '../../components/ProviderName';
import { useNow } from '../../lib/now';
import { dayName } from '../../lib/time';
import { texts } from '../../texts';
import { type DayGroup, groupByDay } from './days';
import styles from './IncidentList.module.css';
import { IncidentRow } from './IncidentRow';

function DayHeading({ at }: { at: string | undefined }) {
  const now = useNow();
  if (at === undefined) return <h2 className={styles.day}>{texts.incidents.undated}</h2>;
  const day = dayName(at, new Date(now));
  return (
    <h2 className={styles.day}>
      {day.relative && <strong>{texts.incidents[day.relative]}</strong>}
      <span>{day.name}</span>
    </h2>
  );
}

export function IncidentList({
  incidents,
  catalog,
  busy,
}: {
  incidents: readonly Incident[];
  catalog: Catalog;
  busy: boolean;
}) {
  const days: DayGroup[] = useMemo(() => groupByDay(incidents), [incidents]);
  return (
    <section className={styles.list} aria-label={texts.incidents.list} aria-busy={busy}>
      {days.map((day) => (
        <section key={day.key}>
          <DayHeading at={day.at} />
          <ol>
            {day.incidents.map((incident) => (
              <IncidentRow key={incident.id} incident={incident} catalog={catalog} />
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}

/** The place of the list while it is loaded, as high as its rows will be. */
export function ListSkeleton() {
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">{texts.incidents.loading}</span>
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change their order
        <div key={index} className={styles.ghost} aria-hidden="true">
          <i />
          <i />
          <i />
          <i />
        </div>
      ))}
    </div>
  );
}
