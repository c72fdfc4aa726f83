// SPDX-License-Identifier: Apache-2.0
// One service: its state in word, colour and shape, since when, what goes on, and its last 90 days.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ServiceState } from '../../api/models';
import { incidentQuery } from '../../api/queries';
import { evenPercent } from '../../charts/format';
import { type Catalog, serviceName } from '../../components/ProviderName';
import { StateWord } from '../../components/StateWord';
import { Strip } from '../../components/Strip';
import { Ago } from '../../components/When';
import { type DayValue, mean } from '../../lib/calendar';
import { oneLine } from '../../lib/text';
import { isTrouble } from '../../live/states';
import { texts } from '../../texts';
import styles from './ServiceCard.module.css';

function Ongoing({ id }: { id: string }) {
  const { data: incident } = useQuery(incidentQuery(id));
  const [provider = '', ...rest] = id.split('/');
  const latest = incident?.updates?.find(({ body }) => oneLine(body) !== '');
  return (
    <li className={styles.incident}>
      <Link
        to="/incidents/$provider/$nativeId"
        params={{ provider, nativeId: rest.join('/') }}
        className={styles.title ?? ''}
      >
        <bdi>{incident ? oneLine(incident.title, 90) || texts.incidents.untitled : id}</bdi>
      </Link>
      {!incident && <p className={styles.awaited} />}
      {incident && (
        <p className={styles.update}>
          <b>{texts.status[incident.status] ?? incident.status}</b>
          {latest && (
            <>
              {' '}
              <Ago at={latest.at} />: <bdi>{oneLine(latest.body, 140)}</bdi>
            </>
          )}
        </p>
      )}
    </li>
  );
}

interface ServiceCardProps {
  state: ServiceState;
  catalog: Catalog;
  days: readonly DayValue[];
  /** Whether the calendars have been answered. */
  known: boolean;
}

const mostIncidents = 2;

export function ServiceCard({ state, catalog, days, known }: ServiceCardProps) {
  const { service, status, since, ongoing_incidents: ongoing } = state;
  const [provider = '', slug = ''] = service.split('/');
  const available = mean(days);
  return (
    <li
      className={styles.card}
      data-service={service}
      data-service-state={status}
      data-troubled={isTrouble(status) || undefined}
    >
      <div className={styles.head}>
        <h3 className={styles.name}>
          <Link
            to="/services/$provider/$service"
            params={{ provider, service: slug }}
            search={{}}
            className={styles.link ?? ''}
          >
            {serviceName(service, catalog)}
          </Link>
        </h3>
        <p className={styles.state}>
          <StateWord state={status} />
        </p>
      </div>
      <p className={styles.since}>
        {since ? <Ago at={since} say={texts.now.since} /> : texts.now.neverSaid}
        {available !== undefined && (
          <span className="num" title={`${available} %`}>
            {texts.now.available(evenPercent(available, 2))}
          </span>
        )}
      </p>
      {known ? <Strip service={service} days={days} /> : <div className={styles.ghost} />}
      {ongoing.length > 0 && (
        <ul className={styles.incidents}>
          {ongoing.slice(0, mostIncidents).map((id) => (
            <Ongoing key={id} id={id} />
          ))}
          {ongoing.length > mostIncidents && (
            <li className={styles.more}>
              <Link to="/incidents" search={{ service, ongoing: 'true' }}>
                {texts.now.more(ongoing.length - mostIncidents)}
              </Link>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}
