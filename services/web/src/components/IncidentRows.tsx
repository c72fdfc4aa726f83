// SPDX-License-Identifier: Apache-2.0
// A plain list of incidents, for pages that show those behind something; the list with all its tools is views/incidents.
import { Link } from '@tanstack/react-router';
import type { Incident } from '../api/models';
import { listTime } from '../lib/order';
import { oneLine } from '../lib/text';
import { texts } from '../texts';
import { ImpactWord } from './ImpactWord';
import styles from './IncidentRows.module.css';
import { type Catalog, ProviderName, serviceNames } from './ProviderName';
import { StageTrack } from './StageTrack';
import { DateTime, Lasting } from './When';

interface IncidentRowsProps {
  incidents: readonly Incident[];
  catalog: Catalog;
  total?: number;
  more?: boolean;
  loading?: boolean;
  onMore?: () => void;
}

function Row({ incident, catalog }: { incident: Incident; catalog: Catalog }) {
  const at = listTime(incident);
  return (
    <li className={styles.row} data-incident={incident.id}>
      <span className={styles.when}>{at && <DateTime at={at} />}</span>
      <span className={styles.impact}>
        <ImpactWord impact={incident.impact} />
      </span>
      <span className={styles.what}>
        <Link
          to="/incidents/$provider/$nativeId"
          params={{ provider: incident.provider, nativeId: incident.native_id }}
          className={styles.title ?? ''}
        >
          <bdi>{oneLine(incident.title) || texts.incidents.untitled}</bdi>
        </Link>
        <span className={styles.where}>
          <ProviderName id={incident.provider} catalog={catalog} />
          <span>
            {incident.services.length === 0
              ? texts.incidents.noServices
              : serviceNames(incident.services, incident.provider, catalog)}
          </span>
        </span>
      </span>
      <span className={styles.track}>
        <StageTrack incident={incident} />
      </span>
      <span className={styles.length}>
        {incident.duration_seconds === undefined ? (
          (texts.status[incident.status] ?? incident.status)
        ) : (
          <Lasting seconds={incident.duration_seconds} />
        )}
      </span>
    </li>
  );
}

export function IncidentRows(props: IncidentRowsProps) {
  const { incidents, catalog, total, more = false, loading = false, onMore } = props;
  return (
    <div>
      <ol className={styles.list} aria-label={texts.incidents.list}>
        {incidents.map((incident) => (
          <Row key={incident.id} incident={incident} catalog={catalog} />
        ))}
      </ol>
      {total !== undefined && (
        <div className={styles.end}>
          {more && (
            <button type="button" className={styles.more} disabled={loading} onClick={onMore}>
              {loading ? texts.incidents.loadingMore : texts.incidents.more}
            </button>
          )}
          <p>{texts.incidents.shown(incidents.length, total)}</p>
        </div>
      )}
    </div>
  );
}
