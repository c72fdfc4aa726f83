// SPDX-License-Identifier: Apache-2.0
// The filters that the list was last seen with, so that the way back from an incident leads to the same list.

import { createStore, useStore } from '../../live/store';
import type { ListSearch } from './columns';

export const lastSearch = createStore<ListSearch>({});

export const useListSearch = (): ListSearch => useStore(lastSearch, (search) => search);
