// SPDX-License-Identifier: Apache-2.0
// How reliable each was, in numbers: a table says it best.
import type { SummaryResult } from '../../api/models';
import { cellKey, countCell, duration, durationCell, extremes, integer, percent } from '../format';
import type { Names, Shape, TableCell } from '../shape';

type Result = SummaryResult;
type Group = Result['groups'][number];
type Estimate = Group['mttr'];

const estimateCell = ({ value, ci95, n }: Estimate): TableCell => ({
  text: duration(value),
  title: `${ci95 ? `95 % interval ${duration(ci95.low)} to ${duration(ci95.high)}, ` : ''}n ${n}`,
});

const windows = (result: Result): number[] =>
  result.groups[0]?.availability.map(({ days }) => days) ?? [];

const of = (group: Group, days: number) => group.availability.find((each) => each.days === days);

function reading(result: Result, names: Names): string {
  const services = result.groups.filter(({ is_provider: provider }) => !provider);
  const longest = Math.max(0, ...windows(result));
  const ends = extremes(services, (group) => of(group, longest)?.availability);
  const [only] = result.groups;
  if (!ends) {
    return only
      ? `A failure of ${names.group(only.group)} lasts ${duration(only.mttr.value)} on average; ${integer(only.incidents)} incidents were counted.`
      : '';
  }
  const say = (group: Group) =>
    `${names.group(group.group)} ${percent(of(group, longest)?.availability, 3)}`;
  return `Over the last ${longest} days the most available was ${say(ends.high)}, the least ${say(ends.low)}.`;
}

export const summary: Shape<Result> = {
  empty: (result) => result.groups.length === 0,
  reading,
  table: (result, names) => ({
    head: [
      'Service',
      'Incidents',
      'Open',
      'Mean time to recover',
      'Mean time between failures',
      ...windows(result).map((days) => `Available, ${days} d`),
      `Error budget of ${result.slo} % used`,
      'Longest',
    ],
    rows: result.groups.map((group) => {
      const widest = group.availability.at(-1);
      return {
        key: group.group,
        cells: [
          { text: group.is_provider ? names.provider(group.group) : names.group(group.group) },
          countCell(group.incidents, cellKey({ group: group.group })),
          { text: String(group.ongoing) },
          estimateCell(group.mttr),
          estimateCell(group.mtbf),
          ...windows(result).map((days) => {
            const each = of(group, days);
            return {
              text: percent(each?.availability, 3),
              title: `${duration(each?.downtime_seconds)} down, ${each?.incidents ?? 0} incidents`,
              ...((each?.incidents ?? 0) > 0 && { cell: cellKey({ group: group.group, days }) }),
            };
          }),
          {
            text: percent(widest?.error_budget_used, 0),
            title: widest ? `over ${widest.days} days` : '',
          },
          durationCell(group.longest_seconds),
        ],
      };
    }),
  }),
};
