// SPDX-License-Identifier: Apache-2.0
import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noFilters } from '../api/filters';
import type { Incident, IncidentDetail, IncidentList } from '../api/models';
import { type IncidentPages, incidentKey, incidentsQuery, makeQueryClient } from '../api/queries';
import { event, incident, list } from '../testing/samples';
import { LiveUpdates } from './updates';

describe('LiveUpdates', () => {
  const { queryKey } = incidentsQuery(noFilters);
  const first = incident({ revision: 1, status: 'investigating', ongoing: true });
  const second = { ...first, revision: 2, status: 'resolved', ongoing: false } as Incident;
  let client = makeQueryClient();
  let said: string[] = [];
  let updates = new LiveUpdates(client, (text) => said.push(text));
  let answer: () => Promise<IncidentList>;

  beforeEach(() => {
    vi.useFakeTimers();
    client = makeQueryClient();
    said = [];
    updates = new LiveUpdates(client, (text) => said.push(text));
    answer = async () => list([first]);
    vi.stubGlobal('fetch', async () => Response.json(await answer()));
  });

  afterEach(() => {
    updates.close();
    client.clear();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const shown = () =>
    client.getQueryData<IncidentPages>(queryKey)?.pages.flatMap((page) => page.incidents) ?? [];

  it('puts a batch into lists and detail pages, and says the last', async () => {
    await client.fetchInfiniteQuery(incidentsQuery(noFilters));
    const flap_group = {
      count: 3,
      first_started_at: '2024-08-28T08:16:00Z',
      last_started_at: '2024-08-28T18:16:00Z',
      flaps: [],
    };
    client.setQueryData(incidentKey(first.id), { ...first, updates: [], flap_group });
    const body = { status: 'resolved', at: '2024-08-28T20:36:00Z', body: 'Done.' } as const;
    updates.push(event('fails.incident.resolved', { ...second, updates: [body] }));
    expect(shown()[0]?.status).toBe('investigating');
    await vi.advanceTimersByTimeAsync(200);
    expect(shown()[0]?.status).toBe('resolved');
    const detail = client.getQueryData<IncidentDetail>(incidentKey(first.id));
    expect(detail?.updates).toEqual([body]);
    expect(detail?.flap_group, 'which no event tells').toEqual(flap_group);
    expect(said).toEqual(['Resolved: Elevated error rates, Resolved']);
  });

  it('is not undone by an answer that is older than the event', async () => {
    let release: (list: IncidentList) => void = () => {};
    answer = () => new Promise((resolve) => (release = resolve));
    const asked = client.fetchInfiniteQuery(incidentsQuery(noFilters));
    updates.push(event('fails.incident.resolved', second));
    await vi.advanceTimersByTimeAsync(200);
    release(list([first]));
    await asked;
    expect(shown()[0]?.revision).toBe(2);
  });

  it('asks again, once, when only the server can tell', async () => {
    const search = { ...noFilters, q: 'login' };
    await client.fetchInfiniteQuery(incidentsQuery(search));
    const unsubscribe = new QueryObserver(client, {
      queryKey: incidentsQuery(search).queryKey,
    } as never).subscribe(() => {});
    const asked = vi.spyOn(client, 'invalidateQueries');
    for (let n = 0; n < 5; n += 1) {
      updates.push(event('fails.incident.opened', incident({ native_id: `n${n}` })));
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(asked).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveBeenCalledTimes(1);
    unsubscribe();
  });
});
