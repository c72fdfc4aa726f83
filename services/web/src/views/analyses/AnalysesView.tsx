// SPDX-License-Identifier: Apache-2.0
// Every analysis that the API lists, over one query.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import {
  type AnalysisFilters,
  fromAnalysisSearch,
  toAnalysisSearch,
} from '../../api/analysisFilters';
import type { Period } from '../../charts/shape';
import { ErrorMessage } from '../../components/Message';
import { useLastError } from '../../components/useLastError';
import { texts } from '../../texts';
import styles from './AnalysesView.module.css';
import { AnalysisBar } from './AnalysisBar';
import { ChartCard } from './ChartCard';
import { wideOnes } from './layout';
import { useDescriptors, useNames, useRuns } from './useAnalyses';
import { useLooks } from './useLooks';
import { useSides } from './useSides';

export function AnalysesView() {
  const search = useSearch({ from: '/analyses' });
  const navigate = useNavigate({ from: '/analyses' });
  const filters = useMemo(() => fromAnalysisSearch(search), [search]);
  const { names, catalog } = useNames();
  const sides = useSides(filters, catalog);
  const descriptors = useDescriptors();
  const runs = useRuns('all', sides);
  // Cards without an answer are a page that is made twice.
  const list = runs.known ? descriptors.data?.analyses : undefined;
  const wide = useMemo(() => wideOnes(list ?? []), [list]);
  const error = useLastError(descriptors) ?? runs.failed?.error ?? null;
  const { look, setLook } = useLooks();

  useEffect(() => {
    document.title = texts.app.title(texts.analyses.title);
  }, []);

  const setFilters = useCallback(
    (next: AnalysisFilters) =>
      void navigate({ search: toAnalysisSearch(next), resetScroll: false }),
    [navigate],
  );
  const zoom = useCallback(
    (period: Period) => setFilters({ ...filters, ...period, period: 'custom' }),
    [setFilters, filters],
  );

  return (
    <div className={styles.view}>
      <h1 className={styles.title}>{texts.analyses.title}</h1>
      <div className={styles.bar}>
        <AnalysisBar filters={filters} catalog={catalog} onChange={setFilters} />
      </div>
      {error && (
        <ErrorMessage
          error={error}
          retry={() => {
            void descriptors.refetch();
            runs.retry();
          }}
        />
      )}
      {runs.broken && (
        <p className={styles.stale} role="status">
          {texts.incidents.stale}
        </p>
      )}
      {list && (
        <nav className={styles.index} aria-label={texts.analyses.index}>
          <ul>
            {list.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {!list && !error && (
        <p role="status" className="visually-hidden">
          {texts.analyses.loading}
        </p>
      )}
      {!error && (
        <div className={styles.grid} data-sides={sides.length} aria-busy={!list || runs.stale}>
          {list?.map(({ id, title, shape }) => (
            <ChartCard
              key={id}
              id={id}
              shape={shape}
              title={title}
              wide={wide.has(id)}
              sides={sides}
              answers={runs.of(id)}
              names={names}
              look={look(id)}
              onLook={setLook}
              onPeriod={zoom}
              search={search}
            />
          ))}
          {!list && [1, 2, 3, 4].map((ghost) => <div key={ghost} className={styles.ghost} />)}
        </div>
      )}
    </div>
  );
}
