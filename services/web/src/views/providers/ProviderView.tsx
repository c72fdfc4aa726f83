// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import {
  type AnalysisFilters,
  fromAnalysisSearch,
  toAnalysisSearch,
} from '../../api/analysisFilters';
import { pagesQuery, providersQuery, statusQuery } from '../../api/queries';
import { Freshness } from '../../components/Freshness';
import { Sign } from '../../components/Glyphs';
import { ErrorMessage } from '../../components/Message';
import { ProviderMark } from '../../components/ProviderName';
import { StateWord } from '../../components/StateWord';
import { useLastError } from '../../components/useLastError';
import { webUrl } from '../../lib/text';
import { texts } from '../../texts';
import { useNames } from '../analyses/useAnalyses';
import { NotFoundView } from '../notfound/NotFoundView';
import { Dossier } from './Dossier';
import styles from './ProviderView.module.css';

export function ProviderView() {
  const { provider: id } = useParams({ from: '/providers/$provider' });
  const search = useSearch({ from: '/providers/$provider' });
  const navigate = useNavigate({ from: '/providers/$provider' });
  const filters = useMemo(() => fromAnalysisSearch(search), [search]);
  const { names, catalog } = useNames();
  const providers = useQuery(providersQuery);
  const error = useLastError(providers);
  const pages = useQuery(pagesQuery).data?.pages.filter(({ provider }) => provider === id) ?? [];
  const states = useQuery(statusQuery).data?.services;
  const provider = catalog.provider.get(id);
  const missing = providers.data !== undefined && !provider;
  const services = useMemo(() => provider?.services.map((service) => service.id) ?? [], [provider]);
  const listed = useMemo(() => ({ provider: id }), [id]);
  const setFilters = useCallback(
    (next: AnalysisFilters) =>
      void navigate({ search: toAnalysisSearch(next), resetScroll: false }),
    [navigate],
  );

  useEffect(() => {
    if (missing) return; // that page has its own
    document.title = texts.app.title(provider?.name ?? texts.providers.title);
  }, [provider, missing]);

  if (missing) return <NotFoundView hint={texts.providers.unknown} />;
  const website = webUrl(provider?.website);
  return (
    <article className={styles.view}>
      <Link to="/providers" className={styles.back ?? ''}>
        <Sign name="back" />
        {texts.providers.title}
      </Link>
      <header className={styles.head}>
        <h1 className={styles.title}>
          <ProviderMark color={provider?.color} />
          {provider?.name ?? id}
        </h1>
        <p className={styles.sub}>
          {website && (
            <a href={website} rel="noopener noreferrer nofollow" target="_blank">
              {new URL(website).host} <Sign name="out" />
            </a>
          )}
          {pages.map((page) => (
            <Freshness key={page.id} page={page} />
          ))}
        </p>
        <ul className={styles.services}>
          {provider?.services.map((service) => {
            const state = states?.find((each) => each.service === service.id);
            return (
              <li key={service.id}>
                <Link
                  to="/services/$provider/$service"
                  params={{ provider: id, service: service.id.split('/')[1] ?? '' }}
                  search={{}}
                  className={styles.service ?? ''}
                >
                  <b>{service.name}</b>
                  {state && <StateWord state={state.status} />}
                </Link>
              </li>
            );
          })}
        </ul>
      </header>
      {error && <ErrorMessage error={error} retry={() => void providers.refetch()} />}
      {!error && !provider && <div className={styles.ghost} />}
      {provider && (
        <Dossier
          key={id}
          group={id}
          services={services}
          listed={listed}
          filters={filters}
          onFilters={setFilters}
          names={names}
          catalog={catalog}
        />
      )}
    </article>
  );
}
