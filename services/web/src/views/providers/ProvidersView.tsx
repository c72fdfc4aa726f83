// SPDX-License-Identifier: Apache-2.0
// All providers with their services; how reliable each was stands on its own page.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { providersQuery, statusQuery } from '../../api/queries';
import { evenPercent } from '../../charts/format';
import { ErrorMessage } from '../../components/Message';
import { ProviderMark } from '../../components/ProviderName';
import { StateWord } from '../../components/StateWord';
import { Strip } from '../../components/Strip';
import { useLastError } from '../../components/useLastError';
import { daysOf, mean } from '../../lib/calendar';
import { texts } from '../../texts';
import { useCalendars } from '../now/useCalendars';
import styles from './ProvidersView.module.css';

export function ProvidersView() {
  const providers = useQuery(providersQuery);
  const states = useQuery(statusQuery).data?.services;
  const calendars = useCalendars('90');
  const error = useLastError(providers);

  useEffect(() => {
    document.title = texts.app.title(texts.providers.title);
  }, []);

  return (
    <div className={styles.view}>
      <h1 className={styles.title}>{texts.providers.title}</h1>
      {error && <ErrorMessage error={error} retry={() => void providers.refetch()} />}
      {providers.isPending && !error && <div className={styles.ghost} />}
      {providers.data?.providers.map((provider) => (
        <section key={provider.id} className={styles.provider} aria-labelledby={`p-${provider.id}`}>
          <h2 id={`p-${provider.id}`} className={styles.name}>
            <Link
              to="/providers/$provider"
              params={{ provider: provider.id }}
              search={{}}
              className={styles.link ?? ''}
            >
              <ProviderMark color={provider.color} />
              {provider.name}
            </Link>
          </h2>
          <ul className={styles.services}>
            {provider.services.map((service) => {
              const state = states?.find((each) => each.service === service.id);
              const days = daysOf(calendars, service.id);
              return (
                <li key={service.id} className={styles.service}>
                  <Link
                    to="/services/$provider/$service"
                    params={{ provider: provider.id, service: service.id.split('/')[1] ?? '' }}
                    search={{}}
                    className={styles.serviceName ?? ''}
                  >
                    {service.name}
                  </Link>
                  <span>{state && <StateWord state={state.status} />}</span>
                  <span className={styles.strip}>
                    {calendars && <Strip service={service.id} days={days} />}
                  </span>
                  <span className={styles.share}>
                    {days.length > 0 && evenPercent(mean(days), 2)}
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      {providers.data && <p className={styles.note}>{texts.providers.note}</p>}
    </div>
  );
}
