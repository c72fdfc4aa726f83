// SPDX-License-Identifier: Apache-2.0
// Availability by day: a row per service, drawn calm where all was well and marked where it was not.
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import type { AvailabilityResult } from '../../api/models';
import { dayWords } from '../../lib/zoned';
import { choices, columns, availability as words } from '../../texts/shapes';
import {
  base,
  categoryAxis,
  dayAxis,
  daysAxis,
  percentLabel,
  rowAxis,
  rowBar,
  rowsGrid,
  rowsHeight,
  valueAxis,
} from '../base';
import { along, inkOn, mix } from '../color';
import { cellKey, extremes, percent, shareCell, sum } from '../format';
import type { DrawInput, Drawing, LegendItem, Names, Option, Shape } from '../shape';
import type { ChartTheme } from '../theme';

type Result = AvailabilityResult;
type Group = Result['groups'][number];

const known = ({ days }: Group): boolean => days > 0;

/** From mild to severe, as the words of the levels. */
const colors = (theme: ChartTheme) => [
  theme.impact.minor,
  theme.impact.major,
  theme.impact.critical,
];

const levelOf = (value: number): number => (value < 90 ? 2 : value < 99 ? 1 : 0);

const fine = (theme: ChartTheme) => mix(theme.good, theme.canvas, theme.dark ? 0.68 : 0.66);

/** First and last day that have a value. */
function covered({ availability }: Group): [number, number] | undefined {
  const first = availability.findIndex((value) => value != null);
  const last = availability.findLastIndex((value) => value != null);
  return first < 0 ? undefined : [first, last];
}

/** The days that get a mark of their own. */
const marked = (groups: readonly Group[]): number =>
  sum(groups.map(({ availability }) => availability.filter((v) => v != null && v < 100).length));

// About what the names of the services take.
const namesPx = 150;

function drawDays({ result, names, theme, hidden, width }: DrawInput<Result>): Drawing {
  const groups = result.groups.filter(known);
  const palette = colors(theme);
  const rect = (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
    const [from = 0, to = 0] = api.coord([api.value(0), api.value(2)]);
    const [end = 0] = api.coord([api.value(1), api.value(2)]);
    const area = params.coordSys as unknown as { x: number; width: number };
    const day = area.width / result.dates.length;
    const band = api.coord([api.value(0), 1])[1] ?? 0;
    const height = 0.64 * Math.abs(band - (api.coord([api.value(0), 0])[1] ?? 0));
    const x = from - day / 2;
    return {
      type: 'rect' as const,
      shape: {
        x,
        y: to - height / 2,
        width: Math.max(1.5, end - from + day - (day > 5 ? 1 : 0)),
        height,
      },
      style: { fill: api.visual('color') as string },
      emphasis: { style: { stroke: theme.ink, lineWidth: 1 } },
    };
  };
  const data = () =>
    groups.flatMap((group, row) => {
      const span = covered(group);
      const ground = span
        ? [
            {
              value: [span[0], span[1], row],
              itemStyle: { color: fine(theme) },
              tip: [names.group(group.group), words.span(group.days, percent(group.mean, 3))],
            },
          ]
        : [];
      const days = group.availability.flatMap((value, at) => {
        if (value == null || value >= 100 || hidden.has(String(levelOf(value)))) return [];
        const date = result.dates[at] ?? '';
        return [
          {
            value: [at, at, row],
            itemStyle: { color: palette[levelOf(value)] ?? theme.ink3 },
            cell: cellKey({ group: group.group, date }),
            tip: [`${names.group(group.group)}, ${dayWords(date)}`, words.day(percent(value, 3))],
          },
        ];
      });
      return [...ground, ...days];
    });
  return {
    height: rowsHeight(groups.length, 52),
    renderer: marked(groups) > 3000 ? 'canvas' : 'svg',
    time: daysAxis(result.dates),
    option: () =>
      ({
        ...base(theme),
        grid: rowsGrid,
        xAxis: dayAxis(theme, result.dates, width - namesPx),
        yAxis: rowAxis(
          theme,
          groups.map(({ group }) => names.group(group)),
        ),
        series: [{ type: 'custom', renderItem: rect, encode: { x: [0, 1], y: 2 }, data: data() }],
      }) as Option,
  };
}

const fields = [
  'share_100',
  'share_99_999',
  'share_99_99',
  'share_99_9',
  'share_99',
  'share_90',
  'share_below_90',
] as const;

const shares = fields.map((field, at) => ({ field, label: words.shares[at] ?? '' }));

function drawShares({ result, names, theme, width }: DrawInput<Result>): Drawing {
  const groups = result.groups.filter(known);
  const colors = [mix(theme.accent, theme.canvas, 0.95), theme.accent];
  const data = () =>
    groups.flatMap((group, row) =>
      shares.map(({ field, label }, column) => ({
        value: [column, row, group[field] ?? 0],
        label: { color: inkOn(along(colors, (group[field] ?? 0) / 100)) },
        tip: [names.group(group.group), words.shareOf(label, percent(group[field]), group.days)],
      })),
    );
  return {
    height: rowsHeight(groups.length, 52),
    option: () =>
      ({
        ...base(theme),
        grid: rowsGrid,
        xAxis: categoryAxis(
          theme,
          shares.map(({ label }) => label),
          { position: 'top', axisLine: { show: false } },
        ),
        yAxis: rowAxis(
          theme,
          groups.map(({ group }) => names.group(group)),
        ),
        visualMap: {
          show: false,
          min: 0,
          max: 100,
          dimension: 2,
          inRange: { color: colors },
        },
        series: [
          {
            type: 'heatmap',
            data: data(),
            itemStyle: { borderColor: theme.canvas, borderWidth: 2 },
            label: {
              show: width > 480,
              fontSize: 11,
              formatter: ({ value }: { value?: unknown }) =>
                percent((value as number[] | undefined)?.[2]),
            },
          },
        ],
      }) as Option,
  };
}

function drawMeans({ result, names, theme }: DrawInput<Result>): Drawing {
  const groups = result.groups.filter(known);
  const floor = Math.min(99, ...groups.map(({ mean }) => Math.floor(mean ?? 100)));
  return {
    height: rowsHeight(groups.length),
    option: () =>
      ({
        ...base(theme),
        grid: { ...rowsGrid, right: 64 },
        xAxis: valueAxis(theme, {
          min: floor,
          max: 100,
          axisLabel: { color: theme.ink3, ...percentLabel },
        }),
        yAxis: rowAxis(
          theme,
          groups.map(({ group }) => names.group(group)),
        ),
        series: [
          {
            type: 'bar',
            ...rowBar,
            label: {
              show: true,
              position: 'right',
              color: theme.ink2,
              fontSize: 11,
              formatter: ({ value }: { value?: unknown }) => percent(Number(value), 3),
            },
            data: groups.map((group) => ({
              value: group.mean,
              itemStyle: { color: names.color(group.group) },
              tip: [
                names.group(group.group),
                words.means(
                  percent(group.mean, 4),
                  percent(group.median, 3),
                  percent(group.min, 2),
                ),
              ],
            })),
          },
        ],
      }) as Option,
  };
}

function reading(result: Result, names: Names): string {
  const ends = extremes(result.groups, ({ mean }) => mean);
  const [only] = result.groups.filter(known);
  if (ends) {
    return words.reading(
      names.group(ends.high.group),
      percent(ends.high.mean, 3),
      names.group(ends.low.group),
      percent(ends.low.mean, 3),
    );
  }
  return only
    ? words.readingOne(names.group(only.group), percent(only.mean, 3), percent(only.min, 1))
    : '';
}

function legend(
  _result: Result,
  _names: Names,
  theme: ChartTheme,
  chosen: Readonly<Record<string, string>>,
): LegendItem[] {
  if ((chosen.view ?? 'days') !== 'days') return [];
  return words.levels.map((label, at) => ({
    id: String(at),
    label,
    color: colors(theme)[at] ?? theme.ink3,
  }));
}

export const availability: Shape<Result> = {
  empty: (result) => !result.groups.some(known),
  reading,
  draw: (input) =>
    input.chosen.view === 'shares'
      ? drawShares(input)
      : input.chosen.view === 'means'
        ? drawMeans(input)
        : drawDays(input),
  choices: () => [
    {
      name: 'view',
      label: choices.view,
      options: [
        { value: 'days', label: words.views.days },
        { value: 'shares', label: words.views.shares },
        { value: 'means', label: words.views.means },
      ],
    },
  ],
  legend,
  table: (result, names) => {
    const worst = (group: Group) => {
      const at = group.availability.indexOf(group.min ?? Number.NaN);
      const date = result.dates[at];
      return group.min != null && group.min < 100 && date
        ? cellKey({ group: group.group, date })
        : undefined;
    };
    return {
      head: [
        columns.service,
        words.days,
        columns.mean,
        columns.median,
        words.worst,
        ...shares.map(({ label }) => label),
      ],
      rows: result.groups.map((group) => ({
        key: group.group,
        cells: [
          { text: names.group(group.group) },
          { text: String(group.days) },
          { text: percent(group.mean, 3), title: `${group.mean ?? '–'} %` },
          { text: percent(group.median, 3) },
          shareCell(group.min, worst(group)),
          ...shares.map(({ field }) => shareCell(group[field])),
        ],
      })),
    };
  },
};
