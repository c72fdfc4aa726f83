// SPDX-License-Identifier: Apache-2.0
// Whether the number of incidents follows from the number before: autocorrelation with its 95 % band.
import type { components } from '../../api/types';
import { choices, columns, correlation as words } from '../../texts/shapes';
import { base, categoryAxis, valueAxis } from '../base';
import { mix } from '../color';
import { cellKey, decimal } from '../format';
import type { DrawInput, Drawing, Names, Option, Shape } from '../shape';

type Result = components['schemas']['CorrelationResult'];
type Series = components['schemas']['CorrelationSeries'];

const periods = (['week', 'month', 'day'] as const).map((value) => ({
  value,
  label: words.periods[value],
}));

const seriesOf = (result: Result, provider: string | undefined, period: string) => {
  const group = result.groups.find((each) => each.provider === provider) ?? result.groups[0];
  return { group, series: group?.series.find((each) => each.period === period) };
};

/** Lags whose correlation leaves the band. */
const outside = ({ lags, acf, band95 }: Series): number[] =>
  lags.filter((_, at) => Math.abs(acf[at] ?? 0) > (band95[at] ?? Number.POSITIVE_INFINITY));

function reading(result: Result, names: Names): string {
  const said = result.groups.flatMap(({ provider, series }) => {
    const weekly = series.find(({ period }) => period === 'week');
    const lags = weekly ? outside(weekly) : [];
    return lags.length === 0
      ? []
      : [words.provider(names.provider(provider), lags.slice(0, 4).join(', '))];
  });
  return said.length === 0 ? words.readingNone : words.reading(said.join('; '));
}

// Correlations reach from -1 to 1, most of them not far: an axis to the ends would show nothing of these.
const reaches = [0.2, 0.5, 1];

const reachOf = ({ acf, band95 }: Series): number => {
  const most = Math.max(...[...acf, ...band95].map((value) => Math.abs(value ?? 0)));
  return reaches.find((reach) => most <= reach * 0.95) ?? 1;
};

function draw({ result, names, theme, chosen }: DrawInput<Result>): Drawing {
  const period = periods.find(({ value }) => value === chosen.period)?.value ?? 'week';
  const { group, series } = seriesOf(result, chosen.provider, period);
  const provider = group?.provider ?? '';
  const color = names.color(provider);
  const lags = series?.lags ?? [];
  const reach = series ? reachOf(series) : 1;
  const band = (sign: 1 | -1) => ({
    type: 'line' as const,
    silent: true,
    showSymbol: false,
    lineStyle: { color: theme.ink3, width: 1, type: 'dashed' as const },
    data: series?.band95.map((half) => (half == null ? null : sign * half)) ?? [],
  });
  return {
    height: 280,
    option: () =>
      ({
        ...base(theme),
        grid: { left: 4, right: 8, top: 14, bottom: 22, containLabel: true },
        xAxis: categoryAxis(theme, lags.map(String), {
          name: words.lagAxis[period],
          nameLocation: 'middle',
          nameGap: 26,
          nameTextStyle: { color: theme.ink3 },
          axisLine: { show: true, onZero: true, lineStyle: { color: theme.lineStrong } },
          axisLabel: { color: theme.ink2, hideOverlap: true, fontSize: 12 },
          offset: 0,
        }),
        yAxis: valueAxis(theme, { min: -reach, max: reach, interval: reach / 2 }),
        series: [
          {
            type: 'bar',
            barMaxWidth: 14,
            data: lags.map((lag, at) => {
              const value = series?.acf[at] ?? null;
              const half = series?.band95[at];
              const strong = value != null && half != null && Math.abs(value) > half;
              return {
                value,
                cell: cellKey({ provider }),
                itemStyle: { color: strong ? color : mix(color, theme.canvas, 0.6) },
                tip: [
                  words.at(names.provider(provider), lag),
                  words.value(decimal(value, 3), decimal(half, 3)),
                ],
              };
            }),
          },
          band(1),
          band(-1),
        ],
      }) as Option,
  };
}

export const correlation: Shape<Result> = {
  empty: (result) =>
    result.groups.every(({ series }) => series.every(({ lags }) => lags.length === 0)),
  reading,
  draw,
  choices: (result, names) => [
    {
      name: 'provider',
      label: choices.provider,
      options: result.groups.map(({ provider }) => ({
        value: provider,
        label: names.provider(provider),
      })),
    },
    { name: 'period', label: choices.period, options: periods },
  ],
  table: (result, names) => ({
    head: [
      columns.provider,
      choices.period,
      words.length,
      words.lag,
      words.correlation,
      words.band,
    ],
    rows: result.groups.flatMap(({ provider, series }) =>
      series.flatMap((each) =>
        each.lags.map((lag, at) => ({
          key: `${provider} ${each.period} ${lag}`,
          cells: [
            { text: names.provider(provider), cell: cellKey({ provider }) },
            { text: each.period },
            { text: String(each.length) },
            { text: String(lag) },
            { text: decimal(each.acf[at], 3), title: String(each.acf[at] ?? '–') },
            { text: decimal(each.band95[at], 3), title: String(each.band95[at] ?? '–') },
          ],
        })),
      ),
    ),
  }),
};
