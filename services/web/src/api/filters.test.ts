// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '../lib/search';
import { incident } from '../testing/samples';
import { fromSearch, isFiltered, matches, noFilters, toSearch } from './filters';

describe('filters in the URL', () => {
  it('survive the way there and back, readable', () => {
    const filters = {
      ...noFilters,
      provider: ['openai', 'anthropic'],
      service: ['openai/api'],
      impact: ['critical', 'major'] as const,
      ongoing: true,
      q: 'login & "errors"',
    };
    const url = stringifySearch(toSearch(filters));
    expect(url).toBe(
      '?provider=openai,anthropic&service=openai/api&impact=critical,major&ongoing=true&q=login+%26+%22errors%22',
    );
    expect(fromSearch(parseSearch(url))).toEqual(filters);
  });

  it('leave out what is not understood', () => {
    const filters = fromSearch({
      provider: 'openai,,<script>,openai',
      impact: 'major,awful',
      status: 7,
      ongoing: 'yes',
      q: 'x'.repeat(999),
      other: 'thing',
    });
    expect(filters).toEqual({
      ...noFilters,
      provider: ['openai'],
      impact: ['major'],
      q: 'x'.repeat(200),
    });
  });

  it('are absent when empty', () => {
    expect(toSearch({ ...noFilters, q: '  ' })).toEqual({});
    expect(isFiltered(noFilters)).toBe(false);
    expect(stringifySearch({})).toBe('');
  });
});

describe('matches', () => {
  const sample = incident({ services: ['openai/api', 'openai/chatgpt'], status: 'postmortem' });

  it('wants one value of every list', () => {
    expect(matches(noFilters, sample)).toBe(true);
    expect(matches({ ...noFilters, service: ['openai/chatgpt'] }, sample)).toBe(true);
    expect(matches({ ...noFilters, service: ['openai/dall-e'] }, sample)).toBe(false);
    expect(matches({ ...noFilters, provider: ['openai'], impact: ['minor'] }, sample)).toBe(false);
  });

  it('counts a postmortem as resolved, as the API does', () => {
    expect(matches({ ...noFilters, status: ['resolved'] }, sample)).toBe(true);
    expect(matches({ ...noFilters, status: ['monitoring'] }, sample)).toBe(false);
  });

  it('knows what is open', () => {
    expect(matches({ ...noFilters, ongoing: true }, sample)).toBe(false);
    expect(matches({ ...noFilters, ongoing: true }, incident({ ongoing: true }))).toBe(true);
  });
});
