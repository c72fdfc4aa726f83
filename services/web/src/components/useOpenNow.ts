// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Filters, noFilters } from '../api/filters';
import { impacts } from '../api/models';
import { incidentsQuery } from '../api/queries';

/** Maintenance that goes on is planned: nothing is wrong. */
export const openNow: Filters = {
  ...noFilters,
  ongoing: true,
  impact: impacts.filter((impact) => impact !== 'maintenance'),
};

/** How many incidents are open, also those that name no service; undefined until it is known. */
export const useOpenNow = (): number | undefined =>
  useInfiniteQuery(incidentsQuery(openNow)).data?.pages[0]?.total;
