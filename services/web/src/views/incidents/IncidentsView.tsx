// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { type Filters, fromSearch, isFiltered, noFilters, toSearch } from '../../api/filters';
import { incidentsQuery } from '../../api/queries';
import { ErrorMessage, Message } from '../../components/Message';
import { useCatalog } from '../../components/ProviderName';
import { Sources } from '../../components/Sources';
import { useLastError } from '../../components/useLastError';
import { stringifySearch } from '../../lib/search';
import { zone, zoneOffset } from '../../lib/time';
import { texts } from '../../texts';
import { Arrivals } from './Arrivals';
import { FilterBar } from './FilterBar';
import { IncidentList, ListSkeleton } from './IncidentList';
import styles from './IncidentsView.module.css';
import { Lede } from './Lede';

export function IncidentsView() {
  const search = useSearch({ from: '/incidents' });
  const navigate = useNavigate({ from: '/incidents' });
  const filters = useMemo(() => fromSearch(search), [search]);
  const catalog = useCatalog();
  const list = useInfiniteQuery(incidentsQuery(filters));
  const error = useLastError(list);

  useEffect(() => {
    document.title = texts.app.title(texts.incidents.title);
  }, []);

  const setFilters = useCallback(
    (next: Filters) => {
      // Typing on is one step of the history, not one per pause.
      const replace = filters.q !== '' && next.q !== '' && filters.q !== next.q;
      void navigate({ search: toSearch(next), replace, resetScroll: false });
    },
    [navigate, filters],
  );

  const incidents = useMemo(
    () => list.data?.pages.flatMap((page) => page.incidents) ?? [],
    [list.data],
  );
  const total = list.data?.pages[0]?.total;
  const shown = incidents.length;

  return (
    <div className={styles.view}>
      <Lede filters={filters} total={list.isPlaceholderData ? undefined : total} />
      <Sources catalog={catalog} />
      <div className={styles.tools}>
        <FilterBar filters={filters} catalog={catalog} onChange={setFilters} />
        <p className={styles.zone}>{texts.zone.named(zone, zoneOffset(new Date()))}</p>
      </div>
      {list.isError && list.data && (
        <p className={styles.stale} role="status">
          {texts.incidents.stale}
        </p>
      )}
      {list.isPending && !error && <ListSkeleton />}
      {error && <ErrorMessage error={error} retry={() => void list.refetch()} />}
      {list.data && shown === 0 && !list.isPlaceholderData && (
        <Message
          title={isFiltered(filters) ? texts.incidents.noMatch : texts.incidents.empty}
          hint={isFiltered(filters) ? texts.incidents.noMatchHint : texts.incidents.emptyHint}
        >
          {isFiltered(filters) && (
            <button type="button" className={styles.more} onClick={() => setFilters(noFilters)}>
              {texts.filters.clear}
            </button>
          )}
        </Message>
      )}
      {shown > 0 && (
        <>
          {!list.isPlaceholderData && (
            <Arrivals key={stringifySearch(search)} incidents={incidents} />
          )}
          <IncidentList incidents={incidents} catalog={catalog} busy={list.isPlaceholderData} />
          <div className={styles.end}>
            {list.hasNextPage && (
              <button
                type="button"
                className={styles.more}
                disabled={list.isFetchingNextPage}
                onClick={() => void list.fetchNextPage()}
              >
                {list.isFetchingNextPage ? texts.incidents.loadingMore : texts.incidents.more}
              </button>
            )}
            <p className={styles.shown}>{texts.incidents.shown(shown, total ?? shown)}</p>
          </div>
        </>
      )}
    </div>
  );
}
