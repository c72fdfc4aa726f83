// SPDX-License-Identifier: Apache-2.0
// How far the data can be trusted, by provider.
import type { components } from '../../api/types';
import { cellKey, countCell, integer, sum } from '../format';
import type { Shape } from '../shape';

type Result = components['schemas']['QualityResult'];

const flags = [
  { flag: 'without_services', label: 'No service named' },
  { flag: 'without_pre_resolution_stage', label: 'Only “resolved”' },
  { flag: 'inconsistent', label: 'Stages out of order' },
  { flag: 'zero_length', label: 'Zero length' },
  { flag: 'unknown_impact', label: 'Unknown impact' },
  { flag: 'ongoing_over_7_days', label: 'Open for over 7 days' },
] as const;

export const quality: Shape<Result> = {
  empty: (result) => result.groups.length === 0,
  reading: (result) => {
    const all = sum(result.groups.map(({ incidents }) => incidents));
    const worst = flags
      .map((each) => ({ ...each, count: sum(result.groups.map((group) => group[each.flag])) }))
      .toSorted((a, b) => b.count - a.count)[0];
    return worst && worst.count > 0
      ? `The most frequent fault: “${worst.label}”, ${integer(worst.count)} of ${integer(all)} incidents.`
      : `None of the ${integer(all)} incidents has a fault that is looked for.`;
  },
  table: (result, names) => ({
    head: ['Provider', 'Incidents', ...flags.map(({ label }) => label), 'Sources', 'Stale'],
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
