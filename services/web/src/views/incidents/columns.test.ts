// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { listSearch, shownColumns, usual } from './columns';

describe('the columns of the incident table', () => {
  it('are the usual ones where the address names none', () => {
    expect(shownColumns(undefined)).toEqual(usual);
    expect(shownColumns('nonsense')).toEqual(usual);
  });

  it('always hold the incident, in their own order', () => {
    expect(shownColumns('id,status')).toEqual(['incident', 'status', 'id']);
  });

  it('stand in the address only where they are not the usual ones', () => {
    expect(listSearch({ columns: usual.join(',') })).toEqual({});
    expect(listSearch({ columns: 'status', q: 'x', sort: 'updated_at', evil: '1' })).toEqual({
      columns: 'incident,status',
      q: 'x',
      sort: 'updated_at',
    });
  });
});
