// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { noFilters } from '../api/filters';
import type { Incident } from '../api/models';
import type { IncidentPages } from '../api/queries';
import { event, incident, list, maintenance } from '../testing/samples';
import { patchList } from './patch';

const at = (native_id: string, hour: number, over: Partial<Incident> = {}) =>
  incident({
    native_id,
    started_at: `2024-08-28T${String(hour).padStart(2, '0')}:00:00Z`,
    ...over,
  });

/** Two loaded pages (hours 20, 18 and 16, 14) of six incidents. */
const loaded: IncidentPages = {
  pages: [
    list([at('d', 20), at('c', 18)], { total: 6, next_cursor: 'x' }),
    list([at('b', 16), at('a', 14)], { total: 6, next_cursor: 'y' }),
  ],
  pageParams: [undefined, 'x'],
};

const ids = (data: IncidentPages) =>
  data.pages.map((page) => page.incidents.map((each) => each.native_id).join(' '));
const total = (data: IncidentPages) => data.pages.map((page) => page.total);

describe('patchList', () => {
  it('puts a new incident in its place and counts it', () => {
    const fresh = event('fails.incident.opened', at('new', 21, { updates: [] }));
    const result = patchList(loaded, noFilters, [fresh]);
    expect(ids(result.data)).toEqual(['new d c', 'b a']);
    expect(total(result.data)).toEqual([7, 7]);
    expect(result.added).toEqual(['openai/new']);
    expect(result.ask).toBe(false);
    expect(result.data.pages[0]?.incidents[0]).not.toHaveProperty('updates');
    expect(result.data.pages[0]?.incidents[0]).not.toHaveProperty('changed');

    const between = event('fails.incident.opened', at('new', 17));
    expect(ids(patchList(loaded, noFilters, [between]).data)).toEqual(['d c', 'new b a']);
  });

  it('replaces a newer revision and ignores an older or repeated one', () => {
    const newer = event(
      'fails.incident.updated',
      at('b', 16, { revision: 2, status: 'monitoring' }),
    );
    const result = patchList(loaded, noFilters, [newer, newer]);
    expect(result.data.pages[1]?.incidents[0]?.status).toBe('monitoring');
    expect(result.changed).toEqual(['openai/b']);
    expect(total(result.data)).toEqual([6, 6]);
    const repeated = event('fails.incident.updated', at('b', 16, { revision: 1 }));
    expect(patchList(loaded, noFilters, [repeated]).data).toBe(loaded);
  });

  it('takes out what was withdrawn or no longer matches', () => {
    const withdrawn = event('fails.incident.withdrawn', at('c', 18, { revision: 2 }));
    const result = patchList(loaded, noFilters, [withdrawn]);
    expect(ids(result.data)).toEqual(['d', 'b a']);
    expect(total(result.data)).toEqual([5, 5]);

    const open = { ...noFilters, ongoing: true };
    const over = event('fails.incident.resolved', at('d', 20, { revision: 2, ongoing: false }));
    expect(ids(patchList(loaded, open, [over]).data)).toEqual(['c', 'b a']);
  });

  it('moves an incident whose start became earlier', () => {
    const earlier = event('fails.incident.updated', at('d', 15, { revision: 2 }));
    const result = patchList(loaded, noFilters, [earlier]);
    expect(ids(result.data)).toEqual(['c', 'b d a']);
    expect(total(result.data)).toEqual([6, 6]);
    expect(result.changed).toEqual(['openai/d']);
  });

  it('puts a planned maintenance where the API puts it', () => {
    const planned = maintenance({ scheduled_for: '2024-08-28T17:00:00.25Z' });
    const result = patchList(loaded, noFilters, [event('fails.incident.opened', planned)]);
    expect(ids(result.data)).toEqual(['d c', 'm1 b a']);
    const equal = at('bb', 16);
    expect(ids(patchList(loaded, noFilters, [event('fails.incident.opened', equal)]).data)).toEqual(
      ['d c', 'bb b a'],
    );
  });

  it('asks the server about what is older than the loaded part', () => {
    const old = event('fails.incident.resolved', at('old', 3));
    const result = patchList(loaded, noFilters, [old]);
    expect(result.data).toBe(loaded);
    expect(result.ask).toBe(true);
    const known = event('fails.incident.updated', at('old', 3, { revision: 4 }));
    expect(patchList(loaded, noFilters, [known]).ask).toBe(false);
  });

  it('appends to a list that is loaded to its end', () => {
    const complete = { pages: [list([at('b', 16)])], pageParams: [undefined] };
    const old = event('fails.incident.resolved', at('old', 3));
    expect(ids(patchList(complete, noFilters, [old]).data)).toEqual(['b old']);
    const empty = { pages: [list([])], pageParams: [undefined] };
    expect(ids(patchList(empty, noFilters, [old]).data)).toEqual(['old']);
  });

  it('stays short while a history is being collected', () => {
    const empty = { pages: [list([])], pageParams: [undefined] };
    const history = Array.from({ length: 500 }, (_, n) =>
      event('fails.incident.resolved', incident({ native_id: `h${n}` })),
    );
    const result = patchList(empty, noFilters, history);
    expect(result.data.pages[0]?.incidents.length).toBe(100);
    expect(result.ask).toBe(true);
  });

  it('leaves the text search to the server', () => {
    const fresh = event('fails.incident.opened', at('new', 21));
    const result = patchList(loaded, { ...noFilters, q: 'login' }, [fresh]);
    expect(result.data).toBe(loaded);
    expect(result.ask).toBe(true);
  });

  it('ignores a new incident of another provider', () => {
    const other = event('fails.incident.opened', at('new', 21, { provider: 'anthropic' }));
    const result = patchList(loaded, { ...noFilters, provider: ['openai'] }, [other]);
    expect(result).toEqual({ data: loaded, added: [], changed: [], ask: false });
  });
});
