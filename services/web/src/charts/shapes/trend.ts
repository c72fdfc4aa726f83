// SPDX-License-Identifier: Apache-2.0
// Incidents and the median time to recover by month, with the months from which the level is another.
import type { components } from '../../api/types';
import { monthWords } from '../../lib/zoned';
import { columns, trend as words } from '../../texts/shapes';
import { base, lengthAxis, markRoom, monthAxis, monthsAxis, plotTitle, valueAxis } from '../base';
import { cellKey, countCell, decimal, duration, durationCell, integer, sum } from '../format';
import type { DrawInput, Drawing, Names, Option, Shape } from '../shape';

type Result = components['schemas']['TrendResult'];
type Change = components['schemas']['ChangePoint'];

const level = (change: Change, value: number): string =>
  change.series === 'incidents' ? words.level(decimal(value, 1)) : duration(value);

function reading(result: Result, names: Names): string {
  const changes = result.groups.flatMap(({ group, change_points: points }) =>
    points.map((change) => ({ group, change })),
  );
  const last = changes.toSorted((a, b) => b.change.period.localeCompare(a.change.period))[0];
  if (!last) return words.readingNone;
  const { group, change } = last;
  return words.reading(
    names.provider(group),
    level(change, change.before),
    level(change, change.after),
    monthWords(change.period),
  );
}

function draw({ result, names, theme, hidden }: DrawInput<Result>): Drawing {
  const groups = result.groups.filter(({ group }) => !hidden.has(group));
  const lines = (series: 'incidents' | 'median_ttr', axis: number) =>
    groups.map((group) => ({
      type: 'line' as const,
      xAxisIndex: axis,
      yAxisIndex: axis,
      color: names.color(group.group),
      symbol: 'circle',
      symbolSize: 6,
      lineStyle: { width: 2 },
      emphasis: { focus: 'series' as const },
      markLine: {
        silent: true,
        symbol: 'none',
        lineStyle: { color: names.color(group.group), type: 'dashed' as const, width: 1.5 },
        label: { show: true, color: theme.ink2, fontSize: 11, formatter: '{b}' },
        data: group.change_points
          .filter((change) => change.series === series)
          .map((change) => ({
            xAxis: change.period,
            name: `${level(change, change.before)} → ${level(change, change.after)}`,
          })),
      },
      data: result.periods.map((period, at) => ({
        value: group[series][at] ?? null,
        cell: cellKey({ group: group.group, period }),
        tip: [
          words.at(names.provider(group.group), monthWords(period)),
          words.counts(integer(group.incidents[at])),
          words.median(duration(group.median_ttr[at])),
        ],
      })),
    }));
  const longest = Math.max(60, ...groups.flatMap(({ median_ttr: ttr }) => ttr.map((s) => s ?? 0)));
  return {
    height: 420,
    time: monthsAxis(result.periods),
    option: () =>
      ({
        ...base(theme),
        title: [plotTitle(theme, words.incidents, '0%'), plotTitle(theme, words.ttr, '51%')],
        grid: [
          { ...markRoom, right: 16, top: '9%', height: '32%' },
          { ...markRoom, right: 16, top: '60%', bottom: 26 },
        ],
        xAxis: [
          monthAxis(theme, result.periods),
          monthAxis(theme, result.periods, { gridIndex: 1 }),
        ],
        yAxis: [valueAxis(theme, { minInterval: 1 }), lengthAxis(theme, longest, { gridIndex: 1 })],
        series: [...lines('incidents', 0), ...lines('median_ttr', 1)],
      }) as Option,
  };
}

export const trend: Shape<Result> = {
  empty: (result) => result.groups.every(({ incidents }) => sum(incidents) === 0),
  reading,
  draw,
  legend: (result, names) =>
    result.groups.map(({ group }) => ({
      id: group,
      label: names.provider(group),
      color: names.color(group),
    })),
  table: (result, names) => ({
    head: [
      columns.month,
      ...result.groups.flatMap(({ group }) => [names.provider(group), words.lowerTtr]),
    ],
    rows: result.periods.map((period, at) => ({
      key: period,
      cells: [
        { text: monthWords(period) },
        ...result.groups.flatMap((group) => [
          countCell(group.incidents[at], cellKey({ group: group.group, period })),
          durationCell(group.median_ttr[at]),
        ]),
      ],
    })),
  }),
};
