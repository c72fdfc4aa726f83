// SPDX-License-Identifier: Apache-2.0
// Every question that a view may ask, with its cache key. Live events patch these caches (src/live/).
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  QueryClient,
  queryOptions,
} from '@tanstack/react-query';
import { ApiError, getJson } from './client';
import { type Filters, toParams } from './filters';
import type {
  Incident,
  IncidentDetail,
  IncidentList,
  PageList,
  ProviderList,
  StatusList,
} from './models';

export type IncidentPages = InfiniteData<IncidentList, string | undefined>;

export const pageSize = 50;
const lists = 'incidents';
const single = 'incident';

export function incidentsQuery(filters: Filters) {
  return infiniteQueryOptions({
    queryKey: [lists, filters] as const,
    queryFn: ({ pageParam, signal }) =>
      getJson<IncidentList>(
        'incidents',
        { ...toParams(filters), sort: filters.sort, limit: pageSize, cursor: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
}

export const incidentKey = (id: string) => [single, id] as const;

export function incidentQuery(id: string) {
  return queryOptions({
    queryKey: incidentKey(id),
    queryFn: ({ signal }) =>
      getJson<IncidentDetail>(`incidents/${encodeURIComponent(id)}`, undefined, signal),
  });
}

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) => getJson<ProviderList>('providers', undefined, signal),
  staleTime: 10 * 60_000,
});

export const pagesQuery = queryOptions({
  queryKey: ['pages'],
  queryFn: ({ signal }) => getJson<PageList>('pages', undefined, signal),
  refetchInterval: 15_000,
});

export const statusKey = ['status'] as const;

export const statusQuery = queryOptions({
  queryKey: statusKey,
  queryFn: ({ signal }) => getJson<StatusList>('status', undefined, signal),
  // Changes come as events; this only notices what has gone silent.
  refetchInterval: 60_000,
});

/** Every incident list in the cache, with its filters. */
export function cachedLists(client: QueryClient): { filters: Filters; data: IncidentPages }[] {
  return client
    .getQueriesData<IncidentPages>({ queryKey: [lists] })
    .flatMap(([key, data]) => (data ? [{ filters: key[1] as Filters, data }] : []));
}

/** Asks again for the incidents in the cache that fit. */
export const askIncidents = (client: QueryClient, fits: (incident: Incident) => boolean) =>
  client.invalidateQueries({
    queryKey: [single],
    predicate: ({ state: { data } }) => data !== undefined && fits(data as Incident),
  });

/** What a list already told about an incident, so that its page can start with it. */
export function listedIncident(client: QueryClient, id: string): Incident | undefined {
  for (const { data } of cachedLists(client)) {
    for (const page of data.pages) {
      const found = page.incidents.find((incident) => incident.id === id);
      if (found) return found;
    }
  }
  return undefined;
}

// Too many requests (429) is a matter of time, not of the question.
const isRefusal = (error: unknown) =>
  error instanceof ApiError && error.status < 500 && error.status !== 429;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The gateway may be on this machine: never wait for the browser to believe in a network.
        networkMode: 'always',
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && !isRefusal(error),
        // A view that could not be loaded keeps trying; a refusal (4xx) stays one.
        refetchInterval: ({ state }) =>
          state.status === 'error' && !isRefusal(state.error) ? 5000 : false,
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4000),
      },
    },
  });
}
