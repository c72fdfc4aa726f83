// SPDX-License-Identifier: Apache-2.0
// Incidents by weekday or hour, stacked by provider or by service. A stack of providers is as high as there are incidents;
// in one of services an incident counts for each service that it hits.
import type { components } from '../../api/types';
import { choices, columns, histogram as words } from '../../texts/shapes';
import { numbers } from '../../texts/units';
import { base, categoryAxis, niceMax, percentLabel, valueAxis } from '../base';
import { cellKey, countCell, integer, none, percent, pValue, sum } from '../format';
import type { Chosen, DrawInput, Drawing, Names, Option, Shape } from '../shape';
import { isHidden, legendOf, providerOf, serviceColor } from '../stack';

type Result = components['schemas']['HistogramResult'];

const totals = (result: Result): number[] =>
  result.bins.map((_, at) => sum(result.groups.map((group) => group.distinct[at])));

const binName = (bin: string | number): string =>
  typeof bin === 'number' ? `${String(bin).padStart(2, '0')}:00` : bin;

function reading(result: Result, names: Names): string {
  const counts = totals(result);
  const all = sum(counts);
  const high = Math.max(...counts);
  const low = Math.min(...counts);
  const at = (value: number) => words.at(binName(result.bins[counts.indexOf(value)] ?? ''));
  const uneven = result.groups.filter(({ chi_square: { p_value: p } }) => p != null && p < 0.05);
  const evenness =
    uneven.length === 0
      ? words.even
      : words.uneven(uneven.map((group) => names.provider(group.provider)));
  return words.reading(at(high), percent((100 * high) / all), at(low), evenness);
}

interface Part {
  id: string;
  counts: readonly number[];
  cell: (bin: string) => string;
}

/** One provider alone is all of one colour: its services say more. */
const ways = ({ groups }: Result) =>
  groups.length > 1 ? (['provider', 'service'] as const) : (['service', 'provider'] as const);

const byService = (result: Result, chosen: Chosen): boolean =>
  (chosen.by ?? ways(result)[0]) === 'service';

/** What is stacked. */
const partsOf = (result: Result, chosen: Chosen): Part[] =>
  result.groups.flatMap(({ provider, services, distinct }): Part[] =>
    byService(result, chosen)
      ? services.map(({ service, counts }) => ({
          id: service,
          counts,
          cell: (bin) => cellKey({ service, bin }),
        }))
      : [{ id: provider, counts: distinct, cell: (bin) => cellKey({ provider, bin }) }],
  );

const shown = (result: Result, chosen: Chosen, hidden: ReadonlySet<string>): Part[] =>
  partsOf(result, chosen).filter(({ id }) => !isHidden(id, hidden));

/** The stacked height of each bin. */
const heights = ({ bins }: Result, parts: readonly Part[]): number[] =>
  bins.map((_, at) => sum(parts.map(({ counts }) => counts[at])));

const nameOf = (id: string, names: Names): string =>
  providerOf(id) === id ? names.provider(id) : names.group(id);

function draw({ result, names, theme, chosen, hidden, width, range }: DrawInput<Result>): Drawing {
  const parts = shown(result, chosen, hidden);
  const ids = partsOf(result, chosen).map(({ id }) => id);
  const share = chosen.values === 'share';
  const visible = heights(result, parts);
  const all = sum(visible);
  const short = width < 560;
  const series = () =>
    parts.map(({ id, counts, cell }) => ({
      type: 'bar' as const,
      stack: 'all',
      name: nameOf(id, names),
      barCategoryGap: '22%',
      color: serviceColor(id, ids, names),
      itemStyle: { borderColor: theme.canvas, borderWidth: 0.5 },
      emphasis: { focus: 'series' as const },
      data: counts.map((count, at) => ({
        value: share ? (100 * count) / (all || 1) : count,
        cell: cell(String(result.bins[at])),
        tip: [
          binName(result.bins[at] ?? ''),
          numbers.pair(nameOf(id, names), integer(count)),
          words.all(integer(visible[at]), percent((100 * (visible[at] ?? 0)) / (all || 1))),
        ],
      })),
    }));
  return {
    height: 300,
    option: () =>
      ({
        ...base(theme),
        grid: { left: 4, right: 8, top: 14, bottom: 4, containLabel: true },
        xAxis: categoryAxis(
          theme,
          result.bins.map((bin) =>
            typeof bin === 'number' ? String(bin) : short ? bin.slice(0, 2) : bin.slice(0, 3),
          ),
        ),
        yAxis: valueAxis(theme, {
          ...(range && { max: niceMax(range[1]) }),
          minInterval: share ? 0 : 1,
          ...(share && { axisLabel: { color: theme.ink3, ...percentLabel } }),
        }),
        series: series(),
      }) as Option,
  };
}

function rangeOf(
  result: Result,
  chosen: Chosen,
  hidden: ReadonlySet<string>,
): readonly [number, number] {
  const all = heights(result, shown(result, chosen, hidden));
  const high = Math.max(...all, 1);
  return [0, chosen.values === 'share' ? Math.ceil((100 * high) / (sum(all) || 1)) : high];
}

export const histogram: Shape<Result> = {
  range: rangeOf,
  empty: (result) => sum(totals(result)) === 0,
  reading,
  draw,
  choices: (result) => [
    {
      name: 'values',
      label: choices.values,
      options: [
        { value: 'count', label: choices.count },
        { value: 'share', label: choices.share },
      ],
    },
    {
      name: 'by',
      label: choices.by,
      options: ways(result).map((value) => ({
        value,
        label: value === 'provider' ? choices.byProvider : choices.byService,
      })),
    },
  ],
  legend: (result, names, _theme, chosen) =>
    legendOf(
      partsOf(result, chosen).map(({ id }) => id),
      names,
    ),
  table: (result, names) => ({
    head: [columns.service, ...result.bins.map(binName), words.evenness],
    rows: result.groups.flatMap(({ provider, services, distinct, chi_square: chi }) => [
      ...services.map(({ service, counts }) => ({
        key: service,
        cells: [
          { text: names.group(service) },
          ...counts.map((count, at) =>
            countCell(count, cellKey({ service, bin: String(result.bins[at]) })),
          ),
          { text: '' },
        ],
      })),
      {
        key: provider,
        cells: [
          { text: words.once(names.provider(provider)) },
          ...distinct.map((count, at) =>
            countCell(count, cellKey({ provider, bin: String(result.bins[at]) })),
          ),
          {
            text: pValue(chi.p_value),
            title: words.chi(String(chi.statistic ?? none), chi.df),
          },
        ],
      },
    ]),
  }),
};
