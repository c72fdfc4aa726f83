// SPDX-License-Identifier: Apache-2.0
// What a page of charts needs is asked for at once, before any of it is drawn, not one after the other.
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

export function prefetchCharts(
  client: QueryClient,
  ids: readonly string[] | 'all',
  search: AnalysisSearch,
): void {
  void client.prefetchQuery(descriptorsQuery);
  // Where it fails, the chart says so when it is drawn.
  loadECharts().catch(() => undefined);
  const filters = fromAnalysisSearch(search);
  // Providers are compared by their services, which the catalog has to tell first.
  if (typeof filters.compare === 'object') return;
  const now = roughNow();
  const [side] = sidesOf(filters, now, () => []);
  void client.prefetchQuery(runQuery(ids, toRequest(side, now)));
}
