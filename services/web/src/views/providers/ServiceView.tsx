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
import { Ago } from '../../components/When';
import { texts } from '../../texts';
import { useNames } from '../analyses/useAnalyses';
import { NotFoundView } from '../notfound/NotFoundView';
import { Dossier } from './Dossier';
import styles from './ProviderView.module.css';

export function ServiceView() {
  const params = useParams({ from: '/services/$provider/$service' });
  const search = useSearch({ from: '/services/$provider/$service' });
  const navigate = useNavigate({ from: '/services/$provider/$service' });
  const id = `${params.provider}/${params.service}`;
  const filters = useMemo(() => fromAnalysisSearch(search), [search]);
  const { names, catalog } = useNames();
  const providers = useQuery(providersQuery);
  const error = useLastError(providers);
  const pages = useQuery(pagesQuery).data?.pages;
  const state = useQuery(statusQuery).data?.services.find(({ service }) => service === id);
  const service = catalog.service.get(id);
  const provider = catalog.provider.get(params.provider);
  const missing = providers.data !== undefined && !service;
  const services = useMemo(() => [id], [id]);
  const listed = useMemo(() => ({ service: id }), [id]);
  const setFilters = useCallback(
    (next: AnalysisFilters) =>
      void navigate({ search: toAnalysisSearch(next), resetScroll: false }),
    [navigate],
  );

  useEffect(() => {
    if (missing) return; // that page has its own
    document.title = texts.app.title(service ? names.group(id) : texts.providers.service);
  }, [service, names, id, missing]);

  if (missing) return <NotFoundView hint={texts.providers.unknownService} />;
  return (
    <article className={styles.view}>
      <Link
        to="/providers/$provider"
        params={{ provider: params.provider }}
        search={{}}
        className={styles.back ?? ''}
      >
        <Sign name="back" />
        {provider?.name ?? params.provider}
      </Link>
      <header className={styles.head}>
        <h1 className={styles.title}>
          <ProviderMark color={provider?.color} />
          {service?.name ?? params.service}
        </h1>
        <p className={styles.sub}>
          {state && (
            <>
              <StateWord state={state.status} />
              {state.since && <Ago at={state.since} say={texts.now.since} />}
            </>
          )}
          {pages
            ?.filter((page) => page.id === state?.page)
            .map((page) => (
              <Freshness key={page.id} page={page} />
            ))}
        </p>
      </header>
      {error && <ErrorMessage error={error} retry={() => void providers.refetch()} />}
      {!error && !service && <div className={styles.ghost} />}
      {service && (
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
