// SPDX-License-Identifier: Apache-2.0
// Keeps the caches true while the page is open: every event is put into the lists and the detail pages that hold its
// incident, and after a gap everything is asked again.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openEventStream } from '../api/events';
import type { StatusList } from '../api/models';
import { statusKey } from '../api/queries';
import { announce } from './announce';
import { connection } from './connection';
import { StaleAnswers } from './stale';
import { isServiceEvent, patchStates } from './states';
import { LiveUpdates } from './updates';

// Browsers allow six connections to one HTTP/1.1 host: tabs in the background give theirs back after a while.
const hiddenMs = 60_000;

export function LiveProvider() {
  const client = useQueryClient();

  useEffect(() => {
    const updates = new LiveUpdates(client, announce);
    const stale = new StaleAnswers(client);
    const stream = openEventStream({
      onEvent: (event) => {
        if (isServiceEvent(event)) {
          client.setQueryData<StatusList>(statusKey, (old) => old && patchStates(old, event.data));
        } else {
          updates.push(event);
        }
        stale.changed(event);
      },
      onState(state, again) {
        connection.set(state);
        if (again) void client.invalidateQueries();
      },
    });
    let hideTimer: ReturnType<typeof setTimeout> | undefined;
    const onVisibility = () => {
      clearTimeout(hideTimer);
      if (document.hidden) hideTimer = setTimeout(() => stream.pause(), hiddenMs);
      else stream.resume();
    };
    const onOnline = () => stream.retryNow();
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('online', onOnline);
    return () => {
      clearTimeout(hideTimer);
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', onOnline);
      stream.close();
      updates.close();
      stale.close();
    };
  }, [client]);

  return null;
}
