// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Filters, noFilters } from '../api/filters';
import { incidentsQuery } from '../api/queries';

export const openNow: Filters = { ...noFilters, ongoing: true };

/** How many incidents are open, also those that name no service; undefined until it is known. */
export const useOpenNow = (): number | undefined =>
  useInfiniteQuery(incidentsQuery(openNow)).data?.pages[0]?.total;
