// SPDX-License-Identifier: Apache-2.0
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Incident } from '../../api/models';
import { ImpactWord } from '../../components/ImpactWord';
import { type Catalog, ProviderName, serviceName } from '../../components/ProviderName';
import { StageTrack } from '../../components/StageTrack';
import { Clock, Lasting } from '../../components/When';
import { secondsBetween } from '../../lib/duration';
import { useNow } from '../../lib/now';
import { listTime } from '../../lib/order';
import { oneLine } from '../../lib/text';
import { plannedSeconds } from '../../lib/track';
import { useMark } from '../../live/marks';
import { texts } from '../../texts';
import styles from './IncidentRow.module.css';

function Length({ incident }: { incident: Incident }) {
  const now = useNow();
  if (incident.ongoing && incident.started_at) {
    return <Lasting seconds={secondsBetween(incident.started_at, new Date(now))} />;
  }
  const seconds = incident.duration_seconds ?? plannedSeconds(incident);
  return seconds === undefined ? null : <Lasting seconds={seconds} />;
}

export const IncidentRow = memo(function IncidentRow({
  incident,
  catalog,
}: {
  incident: Incident;
  catalog: Catalog;
}) {
  const at = listTime(incident);
  const mark = useMark(incident.id);
  const services = incident.services.map((id) => serviceName(id, catalog)).join(', ');
  return (
    <li
      className={styles.item}
      data-mark={mark}
      data-ongoing={incident.ongoing || undefined}
      data-incident={incident.id}
    >
      <div className={styles.row}>
        {at && <Clock at={at} className={styles.time} />}
        <div className={styles.impact}>
          <ImpactWord impact={incident.impact} />
        </div>
        <div className={styles.what}>
          <h3 className={styles.title}>
            <Link
              to="/incidents/$provider/$nativeId"
              params={{ provider: incident.provider, nativeId: incident.native_id }}
              className={styles.link ?? ''}
            >
              <bdi>{oneLine(incident.title) || texts.incidents.untitled}</bdi>
            </Link>
          </h3>
          <p className={styles.where}>
            <ProviderName id={incident.provider} catalog={catalog} />
            <span className={styles.services}>{services || texts.incidents.noServices}</span>
          </p>
        </div>
        <div className={styles.track}>
          <StageTrack incident={incident} />
        </div>
        <p className={styles.state}>
          <span className={styles.status}>{texts.status[incident.status] ?? incident.status}</span>
          <span className={styles.length}>
            <Length incident={incident} />
          </span>
        </p>
      </div>
    </li>
  );
});
