// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { runQuery } from '../../api/analyses';
import { noAnalysisFilters, toRequest } from '../../api/analysisFilters';
import type { AvailabilityResult } from '../../api/models';
import { roughNow } from '../../lib/now';
import { zone } from '../../lib/time';

const daily = ['daily-availability'] as const;

/** The availability by day of the last 90 or 365 days, of all services or of some. */
export function useCalendars(
  period: '90' | '365',
  services: readonly string[] = [],
): AvailabilityResult | undefined {
  const key = services.join();
  const request = useMemo(
    () =>
      toRequest(
        { ...noAnalysisFilters, period, tz: zone, services: key === '' ? [] : key.split(',') },
        roughNow(),
      ),
    [period, key],
  );
  const { data } = useQuery(runQuery(daily, request));
  return data?.analyses[0]?.result as AvailabilityResult | undefined;
}
