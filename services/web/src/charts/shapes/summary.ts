// SPDX-License-Identifier: Apache-2.0
// How reliable each was, in numbers: a table says it best.
import type { SummaryResult } from '../../api/models';
import { columns, summary as words } from '../../texts/shapes';
import {
  cellKey,
  countCell,
  duration,
  durationCell,
  evenPercent,
  extremes,
  integer,
  percent,
} from '../format';
import type { Names, Shape, TableCell } from '../shape';

type Result = SummaryResult;
type Group = Result['groups'][number];
type Estimate = Group['mttr'];

const estimateCell = ({ value, ci95, n }: Estimate): TableCell => ({
  text: duration(value),
  title: ci95 ? words.interval(duration(ci95.low), duration(ci95.high), n) : words.n(n),
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
      ? words.readingOne(
          names.group(only.group),
          duration(only.mttr.value),
          integer(only.incidents),
        )
      : '';
  }
  const say = (group: Group) =>
    words.best(names.group(group.group), percent(of(group, longest)?.availability, 3));
  return words.reading(longest, say(ends.high), say(ends.low));
}

export const summary: Shape<Result> = {
  empty: (result) => result.groups.length === 0,
  reading,
  table: (result, names) => ({
    head: [
      columns.service,
      columns.incidents,
      words.open,
      words.mttr,
      words.mtbf,
      ...windows(result).map((days) => words.available(days)),
      words.budget(result.slo),
      words.longest,
    ],
    rows: result.groups.map((group) => {
      const widest = group.availability.at(-1);
      return {
        key: group.group,
        part: !group.is_provider,
        cells: [
          { text: group.is_provider ? names.provider(group.group) : names.group(group.group) },
          countCell(group.incidents, cellKey({ group: group.group })),
          { text: String(group.ongoing) },
          estimateCell(group.mttr),
          estimateCell(group.mtbf),
          ...windows(result).map((days) => {
            const each = of(group, days);
            return {
              text: evenPercent(each?.availability, 3),
              title: words.down(duration(each?.downtime_seconds), each?.incidents ?? 0),
              ...((each?.incidents ?? 0) > 0 && { cell: cellKey({ group: group.group, days }) }),
            };
          }),
          {
            text: percent(widest?.error_budget_used, 0),
            title: widest ? words.over(widest.days) : '',
          },
          durationCell(group.longest_seconds),
        ],
      };
    }),
  }),
};
