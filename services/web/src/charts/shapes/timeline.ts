// SPDX-License-Identifier: Apache-2.0
// Incidents and outage days by month, one above the other.
import type { components } from '../../api/types';
import { monthWords } from '../../lib/zoned';
import { columns, timeline as words } from '../../texts/shapes';
import { base, markRoom, monthAxis, monthsAxis, niceMax, plotTitle, valueAxis } from '../base';
import { cellKey, countCell, decimal, integer, sum } from '../format';
import type { DrawInput, Drawing, Names, Option, Shape } from '../shape';
import { isHidden, legendOf, serviceColor } from '../stack';

type Result = components['schemas']['TimelineResult'];

const ids = (result: Result): string[] => result.groups.map(({ group }) => group);

function reading(result: Result, names: Names): string {
  const totals = result.months.map((_, at) =>
    sum(result.groups.map(({ incidents }) => incidents[at])),
  );
  const high = Math.max(...totals);
  const month = monthWords(result.months[totals.indexOf(high)] ?? '');
  const most = result.groups.toSorted((a, b) => sum(b.incidents) - sum(a.incidents))[0];
  return words.reading(
    month,
    integer(high),
    most && words.most(names.group(most.group), integer(sum(most.incidents))),
  );
}

function draw({ result, names, theme, hidden, range }: DrawInput<Result>): Drawing {
  const groups = result.groups.filter(({ group }) => !isHidden(group, hidden));
  const bars = (
    stack: string,
    axis: number,
    values: (group: Result['groups'][number]) => readonly (number | null)[],
  ) =>
    groups.map((group) => ({
      type: 'bar' as const,
      stack,
      xAxisIndex: axis,
      yAxisIndex: axis,
      color: serviceColor(group.group, ids(result), names),
      barCategoryGap: '18%',
      data: values(group).map((value, at) => ({
        value: value ?? 0,
        cell: cellKey({ group: group.group, month: result.months[at] }),
        tip: [
          words.at(names.group(group.group), monthWords(result.months[at] ?? '')),
          words.counts(integer(group.incidents[at]), decimal(group.outage_days[at])),
        ],
      })),
    }));
  return {
    height: 380,
    time: monthsAxis(result.months),
    option: () =>
      ({
        ...base(theme),
        title: [plotTitle(theme, words.begun, '0%'), plotTitle(theme, words.days, '56%')],
        grid: [
          { ...markRoom, right: 20, top: '8%', height: '36%' },
          { ...markRoom, right: 20, top: '64%', bottom: 26 },
        ],
        xAxis: [monthAxis(theme, result.months), monthAxis(theme, result.months, { gridIndex: 1 })],
        yAxis: [
          valueAxis(theme, { minInterval: 1, ...(range && { max: niceMax(range[1]) }) }),
          valueAxis(theme, { gridIndex: 1, minInterval: 1 }),
        ],
        series: [
          ...bars('incidents', 0, ({ incidents }) => incidents),
          ...bars('days', 1, ({ outage_days: days }) => days),
        ],
      }) as Option,
  };
}

export const timeline: Shape<Result> = {
  range: (result, _chosen, hidden) => [
    0,
    Math.max(
      1,
      ...result.months.map((_, at) =>
        sum(
          result.groups
            .filter(({ group }) => !isHidden(group, hidden))
            .map(({ incidents }) => incidents[at]),
        ),
      ),
    ),
  ],
  empty: (result) => result.groups.every(({ incidents }) => sum(incidents) === 0),
  reading,
  draw,
  legend: (result, names) => legendOf(ids(result), names),
  table: (result, names) => ({
    head: [
      columns.month,
      ...result.groups.flatMap(({ group }) => [names.group(group), words.lowerDays]),
    ],
    rows: result.months.map((month, at) => ({
      key: month,
      cells: [
        { text: monthWords(month) },
        ...result.groups.flatMap(({ group, incidents, outage_days: days }) => [
          countCell(incidents[at], cellKey({ group, month })),
          { text: decimal(days[at]) },
        ]),
      ],
    })),
  }),
};
