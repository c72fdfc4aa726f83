// SPDX-License-Identifier: Apache-2.0
// A small result of every shape, for tests.
import type { Analysis, AnalysisDescriptor } from '../api/models';
import type { components } from '../api/types';

type Schemas = components['schemas'];

const histogram: Schemas['HistogramResult'] = {
  bins: ['Monday', 'Tuesday'],
  groups: [
    {
      provider: 'openai',
      services: [
        { service: 'openai/api', counts: [3, 1] },
        { service: 'openai/chatgpt', counts: [0, 2] },
      ],
      distinct: [3, 2],
      chi_square: { statistic: 4.1, df: 1, p_value: 0.04 },
    },
  ],
};

const distribution: Schemas['DistributionResult'] = {
  unit: 'seconds',
  groups: [
    {
      group: 'openai/api',
      n: 3,
      censored: 1,
      mean: 4000,
      mean_ci95: { low: 2000, high: 6000 },
      median: 3600,
      p90: 7000,
      p95: 7100,
      p99: 7190,
      ecdf: { x: [600, 3600, 7200], share: [33.3, 66.7, 100] },
      thresholds: [{ le: 1800, share: 33.3 }],
      bins: [
        { le: 1800, share: 33.3 },
        { gt: 1800, le: 3600, share: 33.3 },
        { gt: 3600, share: 33.4 },
      ],
      kaplan_meier: { t: [0, 600], survival: [1, 0.7] },
    },
    { group: 'openai/chatgpt', n: 0, ecdf: { x: [], share: [] }, thresholds: [], bins: [] },
  ],
};

const boxplot: Schemas['BoxplotResult'] = {
  unit: 'seconds',
  groups: [
    {
      group: 'openai/api',
      n: 9,
      q1: 600,
      median: 1200,
      q3: 3600,
      whisker_low: 0,
      whisker_high: 7200,
      outliers: [90_000],
    },
    { group: 'openai/chatgpt', n: 0, outliers: [] },
  ],
};

const stages: Schemas['StagesResult'] = {
  unit: 'seconds',
  groups: [
    {
      group: 'openai/api',
      stages: [
        { stage: 'investigate', n: 4, mean: 600, median: 500, share: 20 },
        { stage: 'repair', n: 3, mean: 1200, median: 900, share: 40 },
        { stage: 'check', n: 4, mean: 1200, median: 1000, share: 40 },
        { stage: 'learn', n: 0 },
      ],
    },
  ],
};

const combinations: Schemas['CombinationsResult'] = {
  groups: [
    {
      group: 'all',
      n: 5,
      combinations: [
        { stages: 'S1_S3_S4', count: 4, share: 80 },
        { stages: 'S4', count: 1, share: 20 },
      ],
    },
    { group: 'openai/api', n: 1, combinations: [{ stages: 'S4', count: 1, share: 100 }] },
  ],
};

const availability: Schemas['AvailabilityResult'] = {
  dates: ['2024-08-01', '2024-08-02', '2024-08-03'],
  groups: [
    {
      group: 'openai/api',
      days: 2,
      availability: [null, 95, 100],
      min: 95,
      mean: 97.5,
      median: 97.5,
      share_100: 50,
      share_99_999: 50,
      share_99_99: 50,
      share_99_9: 50,
      share_99: 50,
      share_90: 100,
      share_below_90: 0,
    },
    { group: 'openai/chatgpt', days: 0, availability: [null, null, null] },
  ],
};

const matrix: Schemas['MatrixResult'] = {
  services: ['openai/api', 'openai/chatgpt'],
  rows: [
    { service: 'openai/api', values: [5, 2] },
    { service: 'openai/chatgpt', values: [2, null] },
  ],
};

const service_sets: Schemas['ServiceSetsResult'] = {
  groups: [
    {
      provider: 'openai',
      n: 4,
      combinations: [
        { services: ['openai/api', 'openai/chatgpt'], count: 3, share: 75 },
        { services: [], count: 1, share: 25 },
      ],
      impact_range: [{ services: 2, count: 3, share: 100 }],
    },
  ],
};

const timeline: Schemas['TimelineResult'] = {
  months: ['2024-07', '2024-08'],
  groups: [{ group: 'openai/api', incidents: [2, 0], outage_days: [1, null] }],
};

const correlation: Schemas['CorrelationResult'] = {
  groups: [
    {
      provider: 'openai',
      series: [
        { period: 'month', length: 3, lags: [1], acf: [null], band95: [null] },
        { period: 'week', length: 9, lags: [1, 2], acf: [0.8, 0.1], band95: [0.4, 0.6] },
      ],
    },
  ],
};

const impact: Schemas['ImpactResult'] = {
  groups: [
    {
      provider: 'openai',
      n: 4,
      levels: [
        { impact: 'minor', count: 3, share: 75 },
        { impact: 'critical', count: 1, share: 25 },
      ],
      mean: 1.5,
      median: 1,
    },
  ],
};

const estimate = { value: 3600, ci95: { low: 1800, high: 7200 }, n: 4 };
const summary: Schemas['SummaryResult'] = {
  unit: 'seconds',
  slo: 99.9,
  groups: [
    {
      group: 'openai',
      is_provider: true,
      incidents: 5,
      ongoing: 1,
      mttr: estimate,
      mtbf: { n: 1 },
      availability: [
        {
          days: 30,
          availability: 99.5,
          downtime_seconds: 12_960,
          incidents: 2,
          error_budget_used: 500,
        },
        { days: 365, downtime_seconds: 0, incidents: 0 },
      ],
      longest_incident: 'openai/a1',
      longest_seconds: 8400,
    },
  ],
};

const trend: Schemas['TrendResult'] = {
  unit: 'seconds',
  period: 'month',
  periods: ['2024-07', '2024-08'],
  groups: [
    {
      group: 'openai',
      incidents: [2, 9],
      median_ttr: [3600, null],
      change_points: [
        { series: 'incidents', period: '2024-08', before: 2, after: 9, p_value: 0.01 },
      ],
    },
  ],
};

const quality: Schemas['QualityResult'] = {
  groups: [
    {
      provider: 'openai',
      incidents: 9,
      without_services: 2,
      without_pre_resolution_stage: 1,
      inconsistent: 0,
      zero_length: 0,
      unknown_impact: 0,
      ongoing_over_7_days: 0,
      sources: 1,
      sources_stale: 0,
    },
  ],
};

export const results = {
  histogram,
  distribution,
  boxplot,
  stages,
  combinations,
  availability,
  matrix,
  service_sets,
  timeline,
  correlation,
  impact,
  summary,
  trend,
  quality,
} satisfies { [shape in AnalysisDescriptor['shape']]?: Analysis['result'] };

export function analysis(id: string, result: unknown, over: Partial<Analysis> = {}): Analysis {
  return {
    id,
    title: `Title of ${id}`,
    method: 'Counted by hand.',
    query: {
      services: ['openai/api', 'openai/chatgpt'],
      from: '2024-01-01T00:00:00Z',
      to: '2024-09-01T00:00:00Z',
      tz: 'UTC',
      include: [],
      impact: [],
      start: 'report',
      now: '2024-09-01T00:00:00Z',
    },
    n: 7,
    excluded: { maintenance: 2 },
    data_version: 11,
    result: result as Analysis['result'],
    ...over,
  };
}

export const descriptor = (id: string, shape: string): AnalysisDescriptor => ({
  id,
  title: `Title of ${id}`,
  description: '',
  shape: shape as AnalysisDescriptor['shape'],
  parameters: [],
});
