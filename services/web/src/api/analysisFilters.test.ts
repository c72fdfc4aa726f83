// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import {
  canCompareTime,
  fromAnalysisSearch,
  noAnalysisFilters,
  requestParams,
  sidesOf,
  toAnalysisSearch,
  toRequest,
} from './analysisFilters';

const now = new Date('2024-08-28T18:16:00Z');

describe('the filters of the analyses', () => {
  it('go to the address and back', () => {
    for (const search of [
      {},
      { services: 'openai/api,openai/chatgpt', period: '90', tz: 'America/Los_Angeles' },
      { from: '2024-01-01', to: '2024-03-01', impact: 'critical,major', include: 'maintenance' },
      { basis: 'outages', start: 'impact', slo: '99.95', now: '2024-09-01T00:00:00Z' },
      { period: '365', compare: 'before' },
      { compare: 'openai~anthropic' },
    ]) {
      expect(toAnalysisSearch(fromAnalysisSearch(search))).toEqual(search);
    }
  });

  it('leave out what nobody could have meant', () => {
    const hostile = {
      services: '<script>,openai/api,../..',
      period: '31',
      from: '2024-13-45',
      to: 'javascript:alert(1)',
      tz: 'Middle/Earth',
      impact: 'huge',
      basis: 'rumours',
      slo: '100',
      now: 'soon',
      compare: 'a~b~c',
    };
    expect(fromAnalysisSearch(hostile)).toEqual({
      ...noAnalysisFilters,
      services: ['openai/api'],
    });
  });

  it('become a query with whole days of the zone', () => {
    const filters = fromAnalysisSearch({
      period: '30',
      tz: 'Europe/Berlin',
      services: 'openai/api',
    });
    expect(toRequest(filters, now)).toEqual({
      services: ['openai/api'],
      from: '2024-07-28T22:00:00Z',
      tz: 'Europe/Berlin',
    });
    expect(toRequest(noAnalysisFilters, now)).toEqual({});
  });

  it('take their present from the address where it names one', () => {
    const filters = fromAnalysisSearch({ period: '30', now: '2023-02-01T12:00:00Z' });
    expect(toRequest(filters, now)).toEqual({
      from: '2023-01-02T00:00:00Z',
      now: '2023-02-01T12:00:00Z',
    });
  });

  it('become parameters with comma-separated lists', () => {
    const request = toRequest(fromAnalysisSearch({ services: 'a/b,c/d', slo: '99' }), now);
    expect(requestParams(request)).toEqual({ services: 'a/b,c/d', slo: 99 });
  });
});

describe('a comparison', () => {
  const none = () => [];

  it('sets a period beside the one before it, of the same length', () => {
    const [one, other] = sidesOf(
      fromAnalysisSearch({ from: '2024-03-01', to: '2024-03-31', compare: 'before' }),
      now,
      none,
    );
    expect(toAnalysisSearch(one)).toEqual({ from: '2024-03-01', to: '2024-03-31' });
    expect(other && toAnalysisSearch(other)).toEqual({ from: '2024-01-31', to: '2024-03-01' });
  });

  it('sets the last days beside those of a year ago', () => {
    const [, other] = sidesOf(fromAnalysisSearch({ period: '30', compare: 'year' }), now, none);
    expect(other && toAnalysisSearch(other)).toEqual({ from: '2023-07-30', to: '2023-08-30' });
  });

  it('sets two providers side by side', () => {
    const services = (provider: string) => [`${provider}/api`];
    const [one, other] = sidesOf(fromAnalysisSearch({ compare: 'a~b' }), now, services);
    expect([one.services, other?.services]).toEqual([['a/api'], ['b/api']]);
  });

  it('needs a length of time to go back', () => {
    expect(canCompareTime(noAnalysisFilters)).toBe(false);
    const [, other] = sidesOf(fromAnalysisSearch({ compare: 'before' }), now, none);
    expect(other).toBeUndefined();
  });
});
