// SPDX-License-Identifier: Apache-2.0
// The filters that the list was last seen with, so that the way back from an incident leads to the same list.
import type { FilterSearch } from '../../api/filters';
import { createStore, useStore } from '../../live/store';

export const lastSearch = createStore<FilterSearch>({});

export const useListSearch = (): FilterSearch => useStore(lastSearch, (search) => search);
