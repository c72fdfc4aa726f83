// SPDX-License-Identifier: Apache-2.0
// The state of the live stream, as the page shows it.
import type { ConnectionState } from '../api/events';
import { createStore, useStore } from './store';

export const connection = createStore<ConnectionState>('connecting');

export const useConnection = (): ConnectionState => useStore(connection, (state) => state);
