// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { type Filters, fromSearch, isFiltered, noFilters, toSearch } from '../../api/filters';
import { incidentsQuery } from '../../api/queries';
import { FacetMenu } from '../../components/FacetMenu';
import { ErrorMessage, Message } from '../../components/Message';
import { useCatalog } from '../../components/ProviderName';
import { useLastError } from '../../components/useLastError';
import { stringifySearch } from '../../lib/search';
import { texts } from '../../texts';
import { Arrivals } from './Arrivals';
import { columnIds, columns, type ListSearch, shownColumns, usual } from './columns';
import { ExportMenu } from './ExportMenu';
import { FilterBar } from './FilterBar';
import styles from './IncidentsView.module.css';
import { IncidentTable } from './IncidentTable';
import { Lede } from './Lede';
import { ListSkeleton } from './ListSkeleton';
import { SortSelect } from './SortSelect';

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
      void navigate({
        search: ({ columns: kept }: ListSearch) => ({
          ...toSearch(next),
          ...(kept !== undefined && { columns: kept }),
        }),
        replace,
        resetScroll: false,
      });
    },
    [navigate, filters],
  );
  const shownIds = useMemo(() => shownColumns(search.columns), [search.columns]);
  const setColumns = (chosen: string[]) => {
    const next = columnIds.filter((id) => id === 'incident' || chosen.includes(id)).join(',');
    void navigate({
      search: {
        ...toSearch(filters),
        ...(next !== usual.join(',') && next !== 'incident' && { columns: next }),
      },
      replace: true,
      resetScroll: false,
    });
  };

  const incidents = useMemo(
    () => list.data?.pages.flatMap((page) => page.incidents) ?? [],
    [list.data],
  );
  const total = list.data?.pages[0]?.total;
  const shown = incidents.length;

  return (
    <div className={styles.view}>
      <Lede filters={filters} total={list.isPlaceholderData ? undefined : total} />
      <div className={styles.tools}>
        <FilterBar filters={filters} catalog={catalog} onChange={setFilters} />
        <div className={styles.side}>
          <FacetMenu
            label={texts.incidents.columnsLabel}
            align="end"
            chosen={shownIds.filter((id) => id !== 'incident')}
            plain
            onChange={setColumns}
            groups={[
              {
                options: columns
                  .filter(({ id }) => id !== 'incident')
                  .map(({ id = '', header }) => ({ value: id, label: String(header) })),
              },
            ]}
          />
          <ExportMenu filters={filters} />
          <SortSelect sort={filters.sort} onSort={(sort) => setFilters({ ...filters, sort })} />
        </div>
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
            <button
              type="button"
              className={styles.more}
              onClick={() => setFilters({ ...noFilters, sort: filters.sort })}
            >
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
          <IncidentTable
            incidents={incidents}
            catalog={catalog}
            busy={list.isPlaceholderData}
            sort={filters.sort}
            onSort={(sort) => setFilters({ ...filters, sort })}
            shown={shownIds}
          />
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
