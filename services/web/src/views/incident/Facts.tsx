// SPDX-License-Identifier: Apache-2.0
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import type { Incident } from '../../api/models';
import { Sign } from '../../components/Glyphs';
import { type Catalog, serviceName } from '../../components/ProviderName';
import { DateTime, Lasting } from '../../components/When';
import { humanDuration, secondsBetween } from '../../lib/duration';
import { useNow } from '../../lib/now';
import { oneLine, webUrl } from '../../lib/text';
import { zone, zoneOffset } from '../../lib/time';
import { texts } from '../../texts';
import styles from './Facts.module.css';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ServiceLink({ id, catalog }: { id: string; catalog: Catalog }) {
  const service = catalog.service.get(id);
  if (!service) return <bdi>{oneLine(id, 100)}</bdi>;
  return (
    <Link
      to="/services/$provider/$service"
      params={{ provider: service.provider, service: id.split('/')[1] ?? '' }}
      search={{}}
    >
      {serviceName(id, catalog)}
    </Link>
  );
}

function Span({ from, to }: { from: string; to: string | undefined }) {
  return (
    <>
      <DateTime at={from} /> – {to && <DateTime at={to} />}
    </>
  );
}

function Length({ incident }: { incident: Incident }) {
  const now = useNow();
  if (incident.ongoing && incident.started_at) {
    const seconds = secondsBetween(incident.started_at, new Date(now));
    return <>{texts.incident.lastingFor(humanDuration(seconds))}</>;
  }
  return incident.duration_seconds === undefined ? (
    <>–</>
  ) : (
    <Lasting seconds={incident.duration_seconds} />
  );
}

export function Facts({ incident, catalog }: { incident: Incident; catalog: Catalog }) {
  const url = webUrl(incident.url);
  const ended = incident.closed_at ?? incident.resolved_at;
  const { impact_started_at: impactFrom, impact_ended_at: impactTo } = incident;
  return (
    <aside className={styles.facts}>
      <dl className={styles.list}>
        {incident.started_at && (
          <Fact name={texts.incident.started}>
            <DateTime at={incident.started_at} />
          </Fact>
        )}
        {(ended || incident.ongoing) && (
          <Fact name={texts.incident.ended}>
            {ended ? <DateTime at={ended} /> : texts.incident.open}
          </Fact>
        )}
        {incident.started_at && (
          <Fact name={texts.incident.lasted}>
            <Length incident={incident} />
          </Fact>
        )}
        {impactFrom && (
          <Fact name={texts.incident.impactTime}>
            <Span from={impactFrom} to={impactTo} />
          </Fact>
        )}
        {incident.scheduled_for && (
          <Fact name={texts.incident.scheduled}>
            <Span from={incident.scheduled_for} to={incident.scheduled_until} />
          </Fact>
        )}
        {incident.withdrawn_at && (
          <Fact name={texts.incident.withdrawn}>
            <DateTime at={incident.withdrawn_at} />
          </Fact>
        )}
        <Fact name={texts.incident.services}>
          {incident.services.length === 0
            ? texts.incidents.noServices
            : incident.services.map((id, at) => (
                <Fragment key={id}>
                  {at > 0 && ', '}
                  <ServiceLink id={id} catalog={catalog} />
                </Fragment>
              ))}
        </Fact>
        {url && (
          <Fact name={texts.incident.source}>
            <a href={url} rel="noopener noreferrer nofollow" target="_blank">
              {texts.incident.onPage(new URL(url).host)} <Sign name="out" />
            </a>
          </Fact>
        )}
        {incident.flags.length > 0 && (
          <Fact name={texts.incident.flags}>
            <ul className={styles.flags}>
              {incident.flags.map((flag) => (
                <li key={flag}>{texts.flag(flag)}</li>
              ))}
            </ul>
          </Fact>
        )}
        {incident.first_seen_at && (
          <Fact name={texts.incident.firstSeen}>
            <DateTime at={incident.first_seen_at} />
          </Fact>
        )}
        {incident.updated_at && (
          <Fact name={texts.incident.updated}>
            <DateTime at={incident.updated_at} />, {texts.incident.revision(incident.revision)}
          </Fact>
        )}
        <Fact name={texts.incident.id}>
          <code className={styles.id}>{incident.id}</code>
        </Fact>
      </dl>
      <p className={styles.zone}>
        {texts.zone.named(zone, zoneOffset(new Date(incident.started_at ?? Date.now())))}
      </p>
    </aside>
  );
}
