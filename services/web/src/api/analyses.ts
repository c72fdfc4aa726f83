// SPDX-License-Identifier: Apache-2.0
// Questions about analyses, with their cache keys.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type AnalysisRequest, requestParams } from './analysisFilters';
import { apiUrl, getJson, postJson } from './client';
import type { AnalysesAnswer, AnalysisList, CellIncidentList } from './models';

export const analysesKey = 'analyses';

export const descriptorsQuery = queryOptions({
  queryKey: ['descriptors'],
  queryFn: ({ signal }) => getJson<AnalysisList>('analyses', undefined, signal),
  staleTime: 10 * 60_000,
});

/** Some analyses or all of one query, over one state of the data, in one request. */
export function runQuery(ids: readonly string[] | 'all', request: AnalysisRequest) {
  const chosen = ids === 'all' ? {} : { analyses: ids };
  return queryOptions({
    queryKey: [analysesKey, ids, request] as const,
    queryFn: ({ signal }) =>
      postJson<AnalysesAnswer>('analyses:run', { ...chosen, ...request }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

const cellPage = 50;

export function cellQuery(id: string, request: AnalysisRequest, cell: string) {
  return infiniteQueryOptions({
    queryKey: [analysesKey, 'cell', id, request, cell] as const,
    queryFn: ({ pageParam, signal }) =>
      getJson<CellIncidentList>(
        `analyses/${id}/incidents`,
        { ...requestParams(request), cell, limit: cellPage, cursor: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

export const csvUrl = (id: string, request: AnalysisRequest): string =>
  apiUrl(`analyses/${id}.csv`, requestParams(request));

export const jsonUrl = (id: string, request: AnalysisRequest): string =>
  apiUrl(`analyses/${id}`, requestParams(request));
