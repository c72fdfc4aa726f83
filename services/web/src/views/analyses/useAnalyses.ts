// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { descriptorsQuery, runQuery } from '../../api/analyses';
import type { AnalysesAnswer, Analysis } from '../../api/models';
import { namesOf } from '../../charts/names';
import type { Names } from '../../charts/shape';
import { useChartTheme } from '../../charts/theme';
import { type Catalog, useCatalog } from '../../components/ProviderName';
import type { Side } from './useSides';

export const useDescriptors = () => useQuery(descriptorsQuery);

export function useNames(): { names: Names; catalog: Catalog } {
  const catalog = useCatalog();
  const { dark } = useChartTheme();
  const names = useMemo(() => namesOf(catalog, dark), [catalog, dark]);
  return { names, catalog };
}

const byId = (answer: AnalysesAnswer | undefined): ReadonlyMap<string, Analysis> =>
  new Map(answer?.analyses.map((analysis) => [analysis.id, analysis]) ?? []);

const nothing: readonly undefined[] = [];

/** The answers of each side by analysis, one request a side. */
export function useRuns(ids: readonly string[] | 'all', sides: readonly Side[]) {
  // One by one and not by useQueries, which forgets what was shown before when a query changes.
  const [left, right] = sides;
  const ready = ids.length > 0;
  const one = useQuery({ ...runQuery(ids, left?.request ?? {}), enabled: ready && !!left });
  const other = useQuery({ ...runQuery(ids, right?.request ?? {}), enabled: ready && !!right });
  const runs = right ? [one, other] : [one];
  const [first, second] = runs.map((run) => run.data);
  const answers = useMemo(() => [byId(first), byId(second)], [first, second]);
  const lists = useMemo(() => {
    const shown = answers.slice(0, sides.length);
    const known = new Set(shown.flatMap((side) => [...side.keys()]));
    return new Map([...known].map((id) => [id, shown.map((side) => side.get(id))] as const));
  }, [answers, sides.length]);
  return {
    answers,
    /** Whether there is an answer to show, be it of the query before. */
    known: first !== undefined,
    /** The answers of one analysis, side by side; the same list as long as they are the same. */
    of: (id: string): readonly (Analysis | undefined)[] => lists.get(id) ?? nothing,
    stale: runs.some((run) => run.isPlaceholderData),
    failed: runs.find((run) => run.error !== null && run.data === undefined),
    broken: runs.some((run) => run.isError && run.data !== undefined),
    retry: () => {
      for (const run of runs) void run.refetch();
    },
  };
}
