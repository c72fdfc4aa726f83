// SPDX-License-Identifier: Apache-2.0
// What a page of charts needs is asked for at once, before any of it is drawn, not one after the other. What fails here is
// asked again, and told of, by the view.
import type { QueryClient } from '@tanstack/react-query';
import { descriptorsQuery, runQuery } from '../../api/analyses';
import {
  type AnalysisSearch,
  fromAnalysisSearch,
  sidesOf,
  toRequest,
} from '../../api/analysisFilters';
import { loadECharts } from '../../charts/load';
import { roughNow } from '../../lib/now';

function prefetchRun(
  client: QueryClient,
  ids: readonly string[] | 'all',
  search: AnalysisSearch,
): void {
  const filters = fromAnalysisSearch(search);
  // Providers are compared by their services, which the catalog has to tell first.
  if (typeof filters.compare === 'object') return;
  const now = roughNow();
  const [side] = sidesOf(filters, now, () => []);
  void client.prefetchQuery(runQuery(ids, toRequest(side, now)));
}

/** For the page of all analyses. */
export function prefetchAll(client: QueryClient, search: AnalysisSearch): void {
  void client.prefetchQuery(descriptorsQuery);
  loadECharts().catch(() => undefined);
  prefetchRun(client, 'all', search);
}

/** For the page of one, which may not exist: the API is only asked for what it lists. */
export async function prefetchOne(
  client: QueryClient,
  id: string,
  search: AnalysisSearch,
): Promise<void> {
  loadECharts().catch(() => undefined);
  await client.prefetchQuery(descriptorsQuery);
  const listed = client.getQueryData(descriptorsQuery.queryKey)?.analyses ?? [];
  if (listed.some((each) => each.id === id)) prefetchRun(client, [id], search);
}
