// SPDX-License-Identifier: Apache-2.0
// The query of the page, or the two of a comparison, with the words that tell them apart.
import { useMemo } from 'react';
import {
  type AnalysisFilters,
  type AnalysisRequest,
  type AnalysisSearch,
  sidesOf,
  toAnalysisSearch,
  toRequest,
} from '../../api/analysisFilters';
import type { Catalog } from '../../components/ProviderName';
import { roughNow } from '../../lib/now';
import { texts } from '../../texts';

export interface Side {
  name: string;
  /** Whether it is the period that tells the sides apart. */
  dated: boolean;
  request: AnalysisRequest;
  search: AnalysisSearch;
}

export function useSides(filters: AnalysisFilters, catalog: Catalog): Side[] {
  return useMemo(() => {
    const now = roughNow();
    const servicesOf = (provider: string) =>
      catalog.provider.get(provider)?.services.map(({ id }) => id) ?? [];
    const { compare } = filters;
    const providerName = (id: string) => catalog.provider.get(id)?.name ?? id;
    const names =
      typeof compare === 'object'
        ? [providerName(compare.a), providerName(compare.b)]
        : [
            texts.analyses.thisPeriod,
            compare === 'year' ? texts.analyses.yearBefore : texts.analyses.periodBefore,
          ];
    // The catalog is needed to know a provider's services.
    if (typeof compare === 'object' && catalog.providers.length === 0) return [];
    return sidesOf(filters, now, servicesOf)
      .filter((side) => side !== undefined)
      .map((side, at) => ({
        name: names[at] ?? '',
        dated: typeof compare !== 'object',
        request: toRequest(side, now),
        search: toAnalysisSearch(side),
      }));
  }, [filters, catalog]);
}
