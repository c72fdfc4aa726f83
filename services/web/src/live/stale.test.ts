// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { incidentKey, makeQueryClient } from '../api/queries';
import { event, incident } from '../testing/samples';
import { StaleAnswers } from './stale';

describe('StaleAnswers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks again for the incidents of which a namesake changed: it may be their flap', async () => {
    const client = makeQueryClient();
    const namesake = incident({ native_id: 'same' });
    const others = [incident({ provider: 'mistral' }), incident({ native_id: 'x', title: 'Else' })];
    for (const shown of [namesake, ...others]) client.setQueryData(incidentKey(shown.id), shown);
    const stale = new StaleAnswers(client);
    stale.changed(event('fails.incident.opened', incident()));
    await vi.advanceTimersByTimeAsync(10_000);
    const isStale = ({ id }: { id: string }) =>
      client.getQueryState(incidentKey(id))?.isInvalidated;
    expect(isStale(namesake)).toBe(true);
    expect(others.map(isStale)).toEqual([false, false]);
    stale.close();
    client.clear();
  });
});
