// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { fromAnalysisSearch } from '../../api/analysisFilters';
import { descriptor } from '../../testing/results';
import { wideOnes } from './layout';
import { queryWords } from './queryWords';

describe('the width of charts', () => {
  const list = (...shapes: string[]) => shapes.map((shape, at) => descriptor(`a${at}`, shape));

  it('is the page for what is wide by nature', () => {
    expect(wideOnes(list('histogram', 'trend', 'impact'))).toEqual(new Set(['a1']));
  });

  it('is the page for one that would stand beside nothing', () => {
    expect(wideOnes(list('histogram', 'impact', 'trend', 'boxplot', 'summary'))).toEqual(
      new Set(['a2', 'a3', 'a4']),
    );
  });
});

describe('a query in words', () => {
  const words = (search: Record<string, string>) =>
    queryWords(fromAnalysisSearch(search), (id) => id.toUpperCase());

  it('has what is not as usual', () => {
    expect(words({})).toEqual([]);
    expect(
      words({
        period: '90',
        services: 'openai/api',
        impact: 'major',
        include: 'maintenance',
        basis: 'outages',
        start: 'impact',
        tz: 'Europe/Berlin',
      }),
    ).toEqual([
      'Last 90 days',
      'OPENAI/API',
      'Impact: major',
      'With maintenance',
      'Downtime from calendars',
      'Begun with its impact',
      'Days in Europe/Berlin',
    ]);
  });

  it('names the first and the last day of a period', () => {
    expect(words({ from: '2024-08-01', to: '2024-09-01' })).toEqual(['1 Aug 2024 – 31 Aug 2024']);
    expect(words({ from: '2024-08-01' })).toEqual(['from 1 Aug 2024']);
  });
});
