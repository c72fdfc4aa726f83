// SPDX-License-Identifier: Apache-2.0
// The spread of lengths of time: box, whiskers and outliers of each group.
import type { components } from '../../api/types';
import { choices, columns, boxplot as words } from '../../texts/shapes';
import { numbers } from '../../texts/units';
import { base, durationAxis, rowAxis, rowsGrid, rowsHeight } from '../base';
import { mix } from '../color';
import { cellKey, countCell, duration, durationCell, extremes, integer } from '../format';
import type { DrawInput, Drawing, Names, Option, Shape } from '../shape';

type Result = components['schemas']['BoxplotResult'];
type Group = components['schemas']['BoxplotGroup'];

const providerOf = (group: string): string => group.split('/')[0] ?? group;

const known = (group: Group): boolean => group.median != null;

function reading(result: Result, names: Names): string {
  const ends = extremes(result.groups, ({ q1, q3 }) => (q1 != null && q3 != null ? q3 - q1 : null));
  const outliers = result.groups.reduce((total, group) => total + group.outliers.length, 0);
  const span = ({ q1, q3 }: Group) => numbers.fromTo(duration(q1), duration(q3));
  const [only] = result.groups.filter(known);
  if (!ends) {
    return only ? words.readingOne(names.group(only.group), span(only), integer(outliers)) : '';
  }
  return words.reading(
    names.group(ends.low.group),
    span(ends.low),
    names.group(ends.high.group),
    span(ends.high),
    integer(outliers),
  );
}

function rangeOf(result: Result): readonly [number, number] {
  const groups = result.groups.filter(known);
  return [
    Math.max(1, Math.min(...groups.map(({ whisker_low: low }) => low ?? 1))),
    Math.max(...groups.map((group) => group.outliers.at(-1) ?? group.whisker_high ?? 1), 10),
  ];
}

function draw({ result, names, theme, chosen, hidden, range }: DrawInput<Result>): Drawing {
  const groups = result.groups.filter(
    (group) => known(group) && !hidden.has(providerOf(group.group)),
  );
  const log = chosen.scale !== 'linear';
  const floor = (value: number | undefined) => Math.max(log ? 1 : 0, value ?? 0);
  const [low, high] = range ?? rangeOf(result);
  const tip = (group: Group) => [
    names.group(group.group),
    words.median(duration(group.median)),
    words.middle(duration(group.q1), duration(group.q3)),
    words.whiskers(duration(group.whisker_low), duration(group.whisker_high)),
    words.counts(integer(group.n), integer(group.outliers.length)),
  ];
  return {
    height: rowsHeight(groups.length),
    option: () =>
      ({
        ...base(theme),
        grid: rowsGrid,
        xAxis: durationAxis(theme, log ? 'log' : 'linear', low, high),
        yAxis: rowAxis(
          theme,
          groups.map(({ group }) => names.group(group)),
        ),
        series: [
          {
            type: 'boxplot',
            boxWidth: [8, 16],
            data: groups.map((group) => ({
              value: [group.whisker_low, group.q1, group.median, group.q3, group.whisker_high].map(
                floor,
              ),
              cell: cellKey({ group: group.group }),
              tip: tip(group),
              itemStyle: {
                color: mix(names.color(group.group), theme.canvas, 0.62),
                borderColor: names.color(group.group),
                borderWidth: 1.5,
              },
            })),
          },
          {
            type: 'scatter',
            symbolSize: 7,
            data: groups.flatMap((group, row) =>
              group.outliers.map((value) => ({
                value: [floor(value), row],
                cell: cellKey({ group: group.group, gt: value - 1, le: value }),
                tip: [names.group(group.group), words.outlier(duration(value))],
                itemStyle: {
                  color: 'transparent',
                  borderColor: names.color(group.group),
                  borderWidth: 1.25,
                  opacity: 0.75,
                },
              })),
            ),
          },
        ],
      }) as Option,
  };
}

export const boxplot: Shape<Result> = {
  range: rangeOf,
  empty: (result) => !result.groups.some(known),
  reading,
  draw,
  choices: () => [
    {
      name: 'scale',
      label: choices.scale,
      options: [
        { value: 'log', label: choices.log },
        { value: 'linear', label: choices.linear },
      ],
    },
  ],
  legend: (result, names) =>
    [...new Set(result.groups.filter(known).map(({ group }) => providerOf(group)))].map((id) => ({
      id,
      label: names.provider(id),
      color: names.color(id),
    })),
  table: (result, names) => ({
    head: [
      columns.group,
      columns.n,
      words.lower,
      columns.q1,
      columns.median,
      columns.q3,
      words.upper,
      words.beyond,
    ],
    rows: result.groups.map((group) => ({
      key: group.group,
      cells: [
        { text: names.group(group.group) },
        countCell(group.n, cellKey({ group: group.group })),
        durationCell(group.whisker_low),
        durationCell(group.q1),
        durationCell(group.median),
        durationCell(group.q3),
        durationCell(group.whisker_high),
        countCell(
          group.outliers.length,
          group.whisker_high == null
            ? undefined
            : cellKey({ group: group.group, gt: group.whisker_high }),
        ),
      ],
    })),
  }),
};
