// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiError } from '../../api/client';
import { incidentQuery, listedIncident } from '../../api/queries';
import { Sign } from '../../components/Glyphs';
import { ImpactWord } from '../../components/ImpactWord';
import { ErrorMessage } from '../../components/Message';
import { ProviderName, useCatalog } from '../../components/ProviderName';
import { useLastError } from '../../components/useLastError';
import { oneLine } from '../../lib/text';
import { useMark } from '../../live/marks';
import { texts } from '../../texts';
import { useListSearch } from '../incidents/lastSearch';
import { NotFoundView } from '../notfound/NotFoundView';
import { Facts } from './Facts';
import { Flaps } from './Flaps';
import styles from './IncidentView.module.css';
import { Intervals } from './Intervals';
import { Stages } from './Stages';
import { Updates } from './Updates';

// A line of 100 KB would keep the browser busy with its layout for good.
const longestTitle = 600;

export function IncidentView() {
  const { provider, nativeId } = useParams({ from: '/incidents/$provider/$nativeId' });
  const id = `${provider}/${nativeId}`;
  const client = useQueryClient();
  const catalog = useCatalog();
  const listSearch = useListSearch();
  const mark = useMark(id);
  const query = useQuery({
    ...incidentQuery(id),
    placeholderData: () => listedIncident(client, id),
  });
  const { data: incident } = query;
  const error = useLastError(query);
  const title = incident ? oneLine(incident.title) || texts.incidents.untitled : undefined;

  useEffect(() => {
    document.title = texts.app.title(title ?? texts.incidents.title);
  }, [title]);

  if (error instanceof ApiError && error.status === 404) {
    return <NotFoundView hint={texts.notFound.incident} />;
  }
  return (
    <article className={styles.view} aria-busy={!incident}>
      <Link to="/incidents" search={listSearch} className={styles.back ?? ''}>
        <Sign name="back" />
        {texts.incident.back}
      </Link>
      {error && <ErrorMessage error={error} retry={() => void query.refetch()} />}
      {!incident && !error && (
        <p role="status" className={styles.loading}>
          {texts.incident.loading}
        </p>
      )}
      {incident && (
        <>
          <header className={styles.head} data-mark={mark}>
            <p className={styles.kicker}>
              <ImpactWord impact={incident.impact} />
              <ProviderName id={incident.provider} catalog={catalog} />
              <span className={styles.status} data-ongoing={incident.ongoing || undefined}>
                {texts.status[incident.status] ?? incident.status}
              </span>
            </p>
            <h1 className={styles.title}>
              <bdi>{oneLine(incident.title, longestTitle) || texts.incidents.untitled}</bdi>
            </h1>
          </header>
          <div className={styles.columns}>
            <Facts incident={incident} catalog={catalog} />
            <div className={styles.story}>
              <Stages incident={incident} />
              <Intervals incident={incident} catalog={catalog} />
              <Updates updates={incident.updates} />
              <Flaps incident={incident} />
            </div>
          </div>
        </>
      )}
    </article>
  );
}
