// SPDX-License-Identifier: Apache-2.0
// What is known of some services together: numbers, calendars, last incidents and all analyses. The pages of a provider
// and of a service differ in which services these are.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { AnalysisFilters } from '../../api/analysisFilters';
import { type FilterSearch, fromSearch, toSearch } from '../../api/filters';
import type { SummaryResult } from '../../api/models';
import { incidentsQuery } from '../../api/queries';
import type { Names, Period } from '../../charts/shape';
import { IncidentRows } from '../../components/IncidentRows';
import { ErrorMessage } from '../../components/Message';
import type { Catalog } from '../../components/ProviderName';
import { Year } from '../../components/Year';
import { daysOf } from '../../lib/calendar';
import { texts } from '../../texts';
import { AnalysisBar } from '../analyses/AnalysisBar';
import { ChartCard } from '../analyses/ChartCard';
import { wideOnes } from '../analyses/layout';
import { useDescriptors, useRuns } from '../analyses/useAnalyses';
import { useLooks } from '../analyses/useLooks';
import { useSides } from '../analyses/useSides';
import { useCalendars } from '../now/useCalendars';
import styles from './Dossier.module.css';
import { Figures } from './Figures';

interface DossierProps {
  /** The provider or the service that the numbers are of. */
  group: string;
  services: readonly string[];
  listed: FilterSearch;
  filters: AnalysisFilters;
  onFilters: (filters: AnalysisFilters) => void;
  names: Names;
  catalog: Catalog;
}

const lastIncidents = 6;
const noSearch = {};

function LastIncidents({ listed, catalog }: { listed: FilterSearch; catalog: Catalog }) {
  const filters = useMemo(() => fromSearch(listed), [listed]);
  const list = useInfiniteQuery(incidentsQuery(filters));
  const [page] = list.data?.pages ?? [];
  return (
    <section aria-labelledby="last" className={styles.part}>
      <div className={styles.line}>
        <h2 id="last" className={styles.heading}>
          {texts.providers.last}
        </h2>
        {page && page.total > 0 && (
          <Link to="/incidents" search={toSearch(filters)} className={styles.all ?? ''}>
            {texts.providers.allIncidents(page.total)}
          </Link>
        )}
      </div>
      {page?.total === 0 && <p className={styles.none}>{texts.providers.noIncidents}</p>}
      {page && page.total > 0 && (
        <IncidentRows incidents={page.incidents.slice(0, lastIncidents)} catalog={catalog} />
      )}
      {list.isPending && <div className={styles.ghost} />}
    </section>
  );
}

function Calendars({ services, names }: { services: readonly string[]; names: Names }) {
  const result = useCalendars('365', services);
  return (
    <section aria-labelledby="year" className={styles.part}>
      <h2 id="year" className={styles.heading}>
        {texts.year.title}
      </h2>
      {services.map((service) => (
        <div key={service} className={styles.calendar}>
          {services.length > 1 && <h3 className={styles.service}>{names.service(service)}</h3>}
          {result ? (
            <Year service={service} name={names.group(service)} days={daysOf(result, service)} />
          ) : (
            <div className={styles.ghost} />
          )}
        </div>
      ))}
    </section>
  );
}

export function Dossier(props: DossierProps) {
  const { group, services, listed, filters, onFilters, names, catalog } = props;
  const narrowed = useMemo(
    () => ({ ...filters, services, compare: 'off' as const }),
    [filters, services],
  );
  const sides = useSides(narrowed, catalog);
  const descriptors = useDescriptors();
  const runs = useRuns('all', services.length > 0 ? sides : []);
  const list = runs.known ? descriptors.data?.analyses : undefined;
  const wide = useMemo(() => wideOnes(list ?? []), [list]);
  const zoom = useCallback(
    (period: Period) => onFilters({ ...filters, ...period, period: 'custom' }),
    [onFilters, filters],
  );
  const { look, setLook } = useLooks();
  const summary = runs.answers[0]?.get('reliability-summary')?.result as SummaryResult | undefined;
  const error = runs.failed?.error ?? null;
  return (
    <>
      <Figures
        group={summary?.groups.find((each) => each.group === group)}
        awaited={!runs.known && !error}
      />
      <Calendars services={services} names={names} />
      <LastIncidents listed={listed} catalog={catalog} />
      <section aria-labelledby="all-analyses" className={styles.part}>
        <h2 id="all-analyses" className={styles.heading}>
          {texts.analyses.title}
        </h2>
        <AnalysisBar fixedServices filters={filters} catalog={catalog} onChange={onFilters} />
        {error && <ErrorMessage error={error} retry={runs.retry} />}
        {!error && (
          <div className={styles.grid} aria-busy={runs.stale || !list}>
            {!list && <div className={styles.ghost} />}
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
                search={sides[0]?.search ?? noSearch}
              />
            ))}
          </div>
        )}
      </section>
    </>
  );
}
