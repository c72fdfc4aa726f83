// SPDX-License-Identifier: Apache-2.0
// The same failure under the same title, again and again: the other incidents of the group.
import { Link } from '@tanstack/react-router';
import type { Flap, IncidentDetail } from '../../api/models';
import { DateTime, Lasting } from '../../components/When';
import { dayRange } from '../../lib/time';
import { texts } from '../../texts';
import styles from './Flaps.module.css';
import section from './Section.module.css';

function Length({ flap }: { flap: Flap }) {
  if (flap.ongoing) return <>{texts.incident.open}</>;
  return flap.duration_seconds === undefined ? <>–</> : <Lasting seconds={flap.duration_seconds} />;
}

export function Flaps({ incident }: { incident: IncidentDetail }) {
  const { flap_group: group, provider } = incident;
  if (!group) return null;
  const others = group.flaps.filter(({ id }) => id !== incident.id);
  return (
    <section aria-labelledby="flaps">
      <h2 id="flaps" className={section.heading}>
        {texts.incident.flaps}
      </h2>
      <p className={section.hint}>
        {texts.incident.flapsHint(
          group.count,
          dayRange(group.first_started_at, group.last_started_at),
        )}
      </p>
      <ol className={styles.list} aria-label={texts.incident.flapsList}>
        {others.map((flap) => (
          <li key={flap.id} className={styles.flap}>
            <Link
              to="/incidents/$provider/$nativeId"
              params={{ provider, nativeId: flap.id.slice(provider.length + 1) }}
            >
              <DateTime at={flap.at} />
            </Link>
            <span className={styles.length}>
              <Length flap={flap} />
            </span>
          </li>
        ))}
      </ol>
      {others.length < group.count - 1 && (
        <p className={styles.rest}>{texts.incidents.shown(others.length, group.count - 1)}</p>
      )}
    </section>
  );
}
