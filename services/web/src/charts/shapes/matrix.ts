// SPDX-License-Identifier: Apache-2.0
// Service by service: which were out together.
import type { components } from '../../api/types';
import { matrix as words } from '../../texts/shapes';
import { base, categoryAxis, rowAxis, rowLabel } from '../base';
import { along, inkOn, mix } from '../color';
import { cellKey, decimal, percent } from '../format';
import type { DrawInput, Drawing, Names, Option, Shape } from '../shape';

type Result = components['schemas']['MatrixResult'];

interface Pair {
  row: string;
  column: string;
  value: number;
}

function pairs(result: Result): Pair[] {
  return result.rows.flatMap(({ service: row, values }) =>
    values.flatMap((value, at) => {
      const column = result.services[at];
      return value == null || column === undefined ? [] : [{ row, column, value }];
    }),
  );
}

const known = (result: Result): number[] =>
  result.services.flatMap((service, at) =>
    result.rows.find((row) => row.service === service)?.values.some((value) => value != null) ||
    result.rows.some((row) => row.values[at] != null)
      ? [at]
      : [],
  );

/**
 * Whether the values are percentages: what is out is out, so that in a matrix of conditional probabilities all of the
 * diagonal is 100.
 */
const isShare = (result: Result): boolean => {
  const own = pairs(result).filter(({ row, column }) => row === column);
  return own.length > 1 && own.every(({ value }) => value === 100);
};

const say = (value: number): string => decimal(value, value < 10 ? 1 : 0);

function reading(result: Result, names: Names): string {
  const apart = pairs(result).filter(({ row, column, value }) => row !== column && value > 0);
  const top = apart.toSorted((a, b) => b.value - a.value)[0];
  if (!top) return words.readingNone;
  const [row, column] = [names.group(top.row), names.group(top.column)];
  return isShare(result)
    ? words.readingShare(row, column, percent(top.value, 0))
    : words.reading(row, column, say(top.value));
}

function draw({ result, names, theme, width }: DrawInput<Result>): Drawing {
  const shown = known(result);
  const services = shown.map((at) => result.services[at] ?? '');
  const all = pairs(result).filter(({ row, column }) => row !== column);
  const high = Math.max(1, ...all.map(({ value }) => value));
  const label = names.group;
  const colors = [theme.sunken, ...theme.ramp];
  const diagonal = mix(theme.accent, theme.canvas, 0.7);
  const rows = new Map(result.rows.map(({ service, values }) => [service, values]));
  const pairAt = (row: string, x: number) => rows.get(row)?.[shown[x] ?? -1];
  const shares = isShare(result);
  const small = width / Math.max(1, services.length) > 40;
  return {
    height: Math.max(220, Math.min(780, services.length * 34 + 130)),
    option: () =>
      ({
        ...base(theme),
        grid: { left: 4, right: 10, top: 8, bottom: 4, containLabel: true },
        xAxis: categoryAxis(theme, services.map(label), {
          axisLine: { show: false },
          axisLabel: {
            color: theme.ink2,
            fontSize: 12,
            rotate: 45,
            interval: 0,
          },
        }),
        yAxis: rowAxis(theme, services.map(label), {
          axisLabel: rowLabel(theme, width < 520 ? 130 : 168),
        }),
        visualMap: {
          show: false,
          min: 0,
          max: high,
          dimension: 2,
          inRange: { color: colors },
        },
        series: [
          {
            type: 'heatmap',
            itemStyle: { borderColor: theme.canvas, borderWidth: 2 },
            emphasis: { itemStyle: { borderColor: theme.ink } },
            label: {
              show: small,
              fontSize: 11,
              formatter: ({ value }: { value?: unknown }) =>
                say((value as number[] | undefined)?.[2] ?? 0),
            },
            data: services.flatMap((row, y) =>
              services.flatMap((column, x) => {
                const pair = pairAt(row, x);
                return pair == null
                  ? []
                  : [
                      {
                        value: [x, y, pair],
                        cell: cellKey({ row, column }),
                        ...(row === column && { itemStyle: { color: diagonal } }),
                        label: {
                          color: inkOn(row === column ? diagonal : along(colors, pair / high)),
                        },
                        tip: [
                          row === column ? label(row) : words.pair(label(row), label(column)),
                          shares ? words.share(percent(pair)) : words.days(decimal(pair, 1)),
                        ],
                      },
                    ];
              }),
            ),
          },
        ],
      }) as Option,
  };
}

export const matrix: Shape<Result> = {
  empty: (result) => pairs(result).length === 0,
  reading,
  draw,
  table: (result, names) => ({
    head: [words.corner, ...result.services.map((service) => names.group(service))],
    rows: result.rows.map(({ service: row, values }) => ({
      key: row,
      cells: [
        { text: names.group(row) },
        ...values.map((value, at) => ({
          text: value == null ? '–' : isShare(result) ? percent(value) : say(value),
          ...(value != null && { title: String(value) }),
          ...(value != null &&
            value > 0 && { cell: cellKey({ row, column: result.services[at] }) }),
        })),
      ],
    })),
  }),
};
