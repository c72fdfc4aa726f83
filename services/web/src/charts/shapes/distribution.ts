// SPDX-License-Identifier: Apache-2.0
// Lengths of time by group: how many fall into each bin, the cumulative share, and survival with what still goes on.
import type { components } from '../../api/types';
import { choices, columns, distribution as words } from '../../texts/shapes';
import { numbers } from '../../texts/units';
import {
  base,
  durationAxis,
  percentLabel,
  pieceLabel,
  rowAxis,
  rowBar,
  rowsGrid,
  rowsHeight,
  shareAxis,
  shortShare,
  valueAxis,
} from '../base';
import { shade } from '../color';
import {
  between,
  cellKey,
  countCell,
  duration,
  durationCell,
  extremes,
  integer,
  none,
  percent,
  shareCell,
} from '../format';
import type { DrawInput, Drawing, Names, Option, Shape } from '../shape';

type Result = components['schemas']['DistributionResult'];
type Group = components['schemas']['DistributionGroup'];

const known = (group: Group): boolean => group.ecdf.x.length > 0;

const binCell = (group: string, { gt, le }: { gt?: number; le?: number }) =>
  cellKey({ group, gt, le });

function reading(result: Result, names: Names): string {
  const ends = extremes(result.groups, ({ median }) => median);
  const [only] = result.groups.filter(known);
  if (!ends) {
    return only
      ? words.readingOne(names.group(only.group), duration(only.median), duration(only.p90))
      : '';
  }
  const { low, high } = ends;
  return words.reading(
    duration(low.median),
    names.group(low.group),
    duration(high.median),
    names.group(high.group),
    words.both(duration(low.p90), duration(high.p90)),
  );
}

function drawBins({ result, names, theme, hidden, width }: DrawInput<Result>): Drawing {
  const groups = result.groups.filter((group) => known(group) && !hidden.has(group.group));
  const bins = groups[0]?.bins ?? [];
  return {
    height: rowsHeight(groups.length),
    option: () =>
      ({
        ...base(theme),
        grid: rowsGrid,
        xAxis: shareAxis(theme, width),
        yAxis: rowAxis(
          theme,
          groups.map(({ group }) => names.group(group)),
        ),
        series: bins.map((bin, at) => {
          const color =
            theme.ramp[Math.round((at * 5) / Math.max(1, bins.length - 1))] ?? theme.ink3;
          return {
            type: 'bar' as const,
            stack: 'bins',
            name: between(bin.gt, bin.le),
            color,
            ...rowBar,
            itemStyle: { borderColor: theme.canvas, borderWidth: 1 },
            label: pieceLabel(color, width > 520, shortShare),
            data: groups.map((group) => ({
              value: group.bins[at]?.share ?? 0,
              cell: binCell(group.group, group.bins[at] ?? {}),
              tip: [
                names.group(group.group),
                words.bin(
                  between(group.bins[at]?.gt, group.bins[at]?.le),
                  percent(group.bins[at]?.share),
                  integer(group.n),
                ),
                words.middle(duration(group.median), duration(group.p90)),
              ],
            })),
          };
        }),
      }) as Option,
  };
}

// More points than this are not told apart on a screen.
const mostPoints = 300;

function thinned<T>(values: readonly T[]): { value: T; at: number }[] {
  const step = Math.max(1, Math.ceil(values.length / mostPoints));
  return values.flatMap((value, at) =>
    at % step === 0 || at === values.length - 1 ? [{ value, at }] : [],
  );
}

/** The services of a provider in shades of its colour. */
function lineColor(groups: readonly Group[], group: Group, names: Names): string {
  const own = (each: Group) => each.group.split('/')[0];
  const same = groups.filter((each) => own(each) === own(group));
  return shade(names.color(group.group), same.indexOf(group), same.length);
}

const dashes = ['solid', [6, 4], [2, 3], [10, 3, 2, 3]] as const;

function rangeOf(result: Result): readonly [number, number] {
  const xs = result.groups.flatMap(({ ecdf, kaplan_meier: km }) => [...ecdf.x, ...(km?.t ?? [])]);
  const low = xs.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), 3600);
  return [low, xs.reduce((a, b) => Math.max(a, b), low * 10)];
}

function drawLines(input: DrawInput<Result>): Drawing {
  const { result, names, theme, hidden, chosen } = input;
  const survival = chosen.view === 'survival';
  const all = result.groups.filter(known);
  const groups = all.filter((group) => !hidden.has(group.group));
  const points = (group: Group) =>
    survival
      ? {
          x: group.kaplan_meier?.t ?? [],
          y: group.kaplan_meier?.survival.map((s) => 100 * s) ?? [],
        }
      : { x: group.ecdf.x, y: group.ecdf.share };
  const [low, high] = input.range ?? rangeOf(result);
  const log = chosen.scale !== 'linear';
  return {
    height: 320,
    option: () =>
      ({
        ...base(theme),
        grid: { left: 4, right: 22, top: 14, bottom: 4, containLabel: true },
        xAxis: durationAxis(theme, log ? 'log' : 'linear', low, high),
        yAxis: valueAxis(theme, {
          min: 0,
          max: 100,
          axisLabel: { color: theme.ink3, ...percentLabel },
        }),
        series: groups.map((group) => {
          const { x, y } = points(group);
          const color = lineColor(all, group, names);
          const again = all
            .filter((each) => names.color(each.group) === names.color(group.group))
            .indexOf(group);
          return {
            type: 'line' as const,
            step: 'end' as const,
            name: names.group(group.group),
            color,
            showSymbol: true,
            symbol: 'circle',
            symbolSize: 7,
            itemStyle: { opacity: 0 },
            lineStyle: { width: 2, type: dashes[again % dashes.length] },
            emphasis: { focus: 'series' as const, itemStyle: { opacity: 1 } },
            data: thinned(x)
              .filter(({ value }) => !log || value > 0)
              .map(({ value, at }) => ({
                value: [value, y[at] ?? 0],
                ...(!survival && { cell: cellKey({ group: group.group, le: value }) }),
                tip: [
                  names.group(group.group),
                  survival
                    ? words.survives(percent(y[at]), duration(value))
                    : words.atMost(percent(y[at]), duration(value)),
                ],
              })),
          };
        }),
      }) as Option,
  };
}

export const distribution: Shape<Result> = {
  range: rangeOf,
  empty: (result) => !result.groups.some(known),
  reading,
  draw: (input) => ((input.chosen.view ?? 'bins') === 'bins' ? drawBins(input) : drawLines(input)),
  choices: (result) => [
    {
      name: 'view',
      label: choices.view,
      options: [
        { value: 'bins', label: words.views.bins },
        { value: 'cumulative', label: words.views.cumulative },
        ...(result.groups.some((group) => group.kaplan_meier)
          ? [{ value: 'survival', label: words.views.survival }]
          : []),
      ],
    },
    {
      name: 'scale',
      label: choices.scale,
      options: [
        { value: 'log', label: choices.log },
        { value: 'linear', label: choices.linear },
      ],
    },
  ],
  legend: (result, names, theme, chosen) => {
    const groups = result.groups.filter(known);
    if ((chosen.view ?? 'bins') !== 'bins') {
      return groups.map((group) => ({
        id: group.group,
        label: names.group(group.group),
        color: lineColor(groups, group, names),
      }));
    }
    const bins = groups[0]?.bins ?? [];
    return bins.map((bin, at) => ({
      id: `=${at}`, // not a group: it names a colour and hides nothing
      label: between(bin.gt, bin.le),
      color: theme.ramp[Math.round((at * 5) / Math.max(1, bins.length - 1))] ?? theme.ink3,
    }));
  },
  table: (result, names) => {
    const bins = result.groups.find(({ bins: each }) => each.length > 0)?.bins ?? [];
    return {
      head: [
        columns.group,
        columns.n,
        words.open,
        columns.mean,
        words.interval,
        columns.median,
        columns.p90,
        ...bins.map((bin) => between(bin.gt, bin.le)),
      ],
      rows: result.groups.map((group) => ({
        key: group.group,
        cells: [
          { text: names.group(group.group) },
          countCell(group.n, cellKey({ group: group.group })),
          { text: integer(group.censored) },
          durationCell(group.mean),
          {
            text: group.mean_ci95
              ? numbers.range(duration(group.mean_ci95.low), duration(group.mean_ci95.high))
              : none,
          },
          durationCell(group.median),
          durationCell(group.p90),
          ...bins.map((_, at) => {
            const bin = group.bins[at];
            return shareCell(bin?.share, bin && binCell(group.group, bin));
          }),
        ],
      })),
    };
  },
};
