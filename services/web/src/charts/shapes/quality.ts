// SPDX-License-Identifier: Apache-2.0
// How far the data can be trusted, by provider.
import type { components } from '../../api/types';
import { columns, quality as words } from '../../texts/shapes';
import { cellKey, countCell, integer, sum } from '../format';
import type { Shape } from '../shape';

type Result = components['schemas']['QualityResult'];

const faults = [
  'without_services',
  'without_pre_resolution_stage',
  'inconsistent',
  'zero_length',
  'unknown_impact',
  'ongoing_over_7_days',
] as const;

const flags = faults.map((flag) => ({ flag, label: words.flags[flag] }));

export const quality: Shape<Result> = {
  empty: (result) => result.groups.length === 0,
  reading: (result) => {
    const all = sum(result.groups.map(({ incidents }) => incidents));
    const worst = flags
      .map((each) => ({ ...each, count: sum(result.groups.map((group) => group[each.flag])) }))
      .toSorted((a, b) => b.count - a.count)[0];
    return worst && worst.count > 0
      ? words.reading(words.faults[worst.flag], integer(worst.count), integer(all))
      : words.readingNone(integer(all));
  },
  table: (result, names) => ({
    head: [
      columns.provider,
      columns.incidents,
      ...flags.map(({ label }) => label),
      words.sources,
      words.stale,
    ],
    rows: result.groups.map((group) => ({
      key: group.provider,
      cells: [
        { text: names.provider(group.provider) },
        { text: integer(group.incidents) },
        ...flags.map(({ flag }) =>
          countCell(group[flag], cellKey({ provider: group.provider, flag })),
        ),
        { text: integer(group.sources) },
        { text: integer(group.sources_stale) },
      ],
    })),
  }),
};
