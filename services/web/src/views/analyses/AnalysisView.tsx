// SPDX-License-Identifier: Apache-2.0
// One analysis on a page of its own; how it is looked at stands in the address, too.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import {
  type AnalysisFilters,
  fromAnalysisSearch,
  toAnalysisSearch,
} from '../../api/analysisFilters';
import type { Period } from '../../charts/shape';
import { Sign } from '../../components/Glyphs';
import { ErrorMessage } from '../../components/Message';
import { useLastError } from '../../components/useLastError';
import { texts } from '../../texts';
import { NotFoundView } from '../notfound/NotFoundView';
import styles from './AnalysesView.module.css';
import { AnalysisBar } from './AnalysisBar';
import { ChartCard } from './ChartCard';
import { type Look, parseLook, writeLook } from './looks';
import { useDescriptors, useNames, useRuns } from './useAnalyses';
import { useSides } from './useSides';

export function AnalysisView() {
  const { id } = useParams({ from: '/analyses/$id' });
  const search = useSearch({ from: '/analyses/$id' });
  const navigate = useNavigate({ from: '/analyses/$id' });
  const filters = useMemo(() => fromAnalysisSearch(search), [search]);
  const look = useMemo(() => parseLook(search.show), [search.show]);
  const { names, catalog } = useNames();
  const sides = useSides(filters, catalog);
  const descriptors = useDescriptors();
  const descriptor = descriptors.data?.analyses.find((each) => each.id === id);
  const ids = useMemo(() => (descriptor ? [descriptor.id] : []), [descriptor]);
  const runs = useRuns(ids, sides);
  const error = useLastError(descriptors) ?? runs.failed?.error ?? null;
  const title = descriptor?.title ?? texts.analyses.title;

  useEffect(() => {
    document.title = texts.app.title(title);
  }, [title]);

  const setFilters = useCallback(
    (next: AnalysisFilters) =>
      void navigate({
        search: ({ show }) => ({ ...toAnalysisSearch(next), ...(show !== undefined && { show }) }),
        resetScroll: false,
      }),
    [navigate],
  );
  const setLook = useCallback(
    (_id: string, next: Look) => {
      const show = writeLook(next);
      void navigate({
        search: ({ show: _, ...rest }) => ({ ...rest, ...(show !== undefined && { show }) }),
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  const zoom = useCallback(
    (period: Period) => setFilters({ ...filters, ...period, period: 'custom' }),
    [setFilters, filters],
  );

  if (descriptors.data && !descriptor) return <NotFoundView hint={texts.analyses.unknown} />;
  const plain = toAnalysisSearch(filters);
  return (
    <div className={styles.view}>
      <Link to="/analyses" search={plain} className={styles.back ?? ''}>
        <Sign name="back" />
        {texts.analyses.all}
      </Link>
      <AnalysisBar filters={filters} catalog={catalog} onChange={setFilters} />
      {error && (
        <ErrorMessage
          error={error}
          retry={() => {
            void descriptors.refetch();
            runs.retry();
          }}
        />
      )}
      {!error && !descriptor && <div className={styles.ghost} />}
      {!error && descriptor && (
        <ChartCard
          alone
          id={id}
          shape={descriptor.shape}
          title={title}
          sides={sides}
          answers={runs.of(id)}
          names={names}
          look={look}
          onLook={setLook}
          onPeriod={zoom}
          search={plain}
        />
      )}
    </div>
  );
}
