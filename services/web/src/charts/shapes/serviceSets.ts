// SPDX-License-Identifier: Apache-2.0
// Which of a provider's services one incident hits.
import type { components } from '../../api/types';
import { choices, columns, serviceSets as words } from '../../texts/shapes';
import { numbers } from '../../texts/units';
import {
  base,
  pieceLabel,
  rowAxis,
  rowBar,
  rowLabel,
  rowsGrid,
  rowsHeight,
  shareAxis,
  valueAxis,
} from '../base';
import { cellKey, countCell, extremes, integer, percent, shareCell } from '../format';
import type { DrawInput, Drawing, Names, Option, Shape } from '../shape';
import type { ChartTheme } from '../theme';

type Result = components['schemas']['ServiceSetsResult'];

const most = 16;

const setCell = (provider: string, services: readonly string[]) =>
  cellKey({ provider, services: services.length === 0 ? 'none' : services.join(',') });

const setName = (services: readonly string[], names: Names): string =>
  services.length === 0 ? words.none : services.map(names.service).join(' + ');

/** The same beside the names of other providers' services. */
function rowName(provider: string, services: readonly string[], names: Names): string {
  const [first] = services;
  if (first === undefined) return words.noneOf(names.provider(provider));
  return services.length === 1 ? names.group(first) : setName(services, names);
}

function drawSets({ result, names, theme, hidden, width }: DrawInput<Result>): Drawing {
  const rows = result.groups
    .filter(({ provider }) => !hidden.has(provider))
    .flatMap(({ provider, combinations }) => combinations.map((each) => ({ provider, ...each })))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, most);
  return {
    height: rowsHeight(rows.length),
    option: () =>
      ({
        ...base(theme),
        grid: { ...rowsGrid, right: 48 },
        xAxis: valueAxis(theme, { minInterval: 1 }),
        yAxis: rowAxis(
          theme,
          rows.map(({ provider, services }) => rowName(provider, services, names)),
          { axisLabel: rowLabel(theme, width < 520 ? 152 : 220) },
        ),
        series: [
          {
            type: 'bar',
            ...rowBar,
            label: { show: true, position: 'right', color: theme.ink2, fontSize: 11 },
            data: rows.map(({ provider, services, count, share }) => ({
              value: count,
              cell: setCell(provider, services),
              itemStyle: { color: names.color(provider) },
              tip: [
                numbers.pair(names.provider(provider), setName(services, names)),
                words.ofProvider(integer(count), percent(share)),
              ],
            })),
          },
        ],
      }) as Option,
  };
}

/** Of how many services the incidents are, each number once. */
const countsOf = (groups: Result['groups']): number[] =>
  [...new Set(groups.flatMap((group) => group.impact_range.map((r) => r.services)))].toSorted(
    (a, b) => a - b,
  );

const rampColor = (at: number, theme: ChartTheme): string =>
  theme.ramp[Math.min(5, at + 1)] ?? theme.ink3;

// "2 services", with some air.
const wordsPx = 90;

function drawRange({ result, names, theme, hidden, width }: DrawInput<Result>): Drawing {
  const groups = result.groups.filter(
    ({ provider, impact_range: range }) => range.length > 0 && !hidden.has(provider),
  );
  const counts = countsOf(groups);
  return {
    height: rowsHeight(groups.length),
    option: () =>
      ({
        ...base(theme),
        grid: rowsGrid,
        xAxis: shareAxis(theme, width),
        yAxis: rowAxis(
          theme,
          groups.map(({ provider }) => names.provider(provider)),
        ),
        series: counts.map((count, at) => {
          const color = rampColor(at, theme);
          return {
            type: 'bar' as const,
            stack: 'range',
            ...rowBar,
            color,
            itemStyle: { borderColor: theme.canvas, borderWidth: 1 },
            label: pieceLabel(color, width > 480, (share) =>
              // As much of it as there is room for.
              share * width > wordsPx * 100 ? words.range(count) : String(count),
            ),
            data: groups.map(({ provider, impact_range: range }) => {
              const each = range.find(({ services }) => services === count);
              return {
                value: each?.share ?? 0,
                cell: cellKey({ provider, count }),
                tip: [
                  numbers.pair(names.provider(provider), words.range(count)),
                  words.counts(integer(each?.count ?? 0), percent(each?.share ?? 0)),
                ],
              };
            }),
          };
        }),
      }) as Option,
  };
}

function reading(result: Result, names: Names): string {
  const single = (group: Result['groups'][number]) =>
    group.impact_range.find(({ services }) => services === 1)?.share;
  const ends = extremes(result.groups, single);
  const say = (group: Result['groups'][number]) =>
    words.part(percent(single(group), 0), names.provider(group.provider));
  const [only] = result.groups;
  if (ends) return words.reading(say(ends.high), say(ends.low));
  return only ? words.readingOne(say(only)) : '';
}

export const serviceSets: Shape<Result> = {
  empty: (result) => result.groups.every(({ combinations }) => combinations.length === 0),
  reading,
  draw: (input) => (input.chosen.view === 'range' ? drawRange(input) : drawSets(input)),
  choices: () => [
    {
      name: 'view',
      label: choices.view,
      options: [
        { value: 'sets', label: words.views.sets },
        { value: 'range', label: words.views.range },
      ],
    },
  ],
  legend: (result, names, theme, chosen) =>
    chosen.view === 'range'
      ? countsOf(result.groups).map((count, at) => ({
          id: `=${count}`, // it names a colour and hides nothing
          label: words.range(count),
          color: rampColor(at, theme),
        }))
      : result.groups.map(({ provider }) => ({
          id: provider,
          label: names.provider(provider),
          color: names.color(provider),
        })),
  table: (result, names) => ({
    head: [columns.provider, words.services, columns.incidents, columns.share],
    rows: result.groups.flatMap(({ provider, combinations, impact_range: range }) => [
      ...combinations.map(({ services, count, share }) => ({
        key: `${provider} ${services.join()}`,
        cells: [
          { text: names.provider(provider) },
          { text: setName(services, names) },
          countCell(count, setCell(provider, services)),
          shareCell(share),
        ],
      })),
      ...range.map(({ services, count, share }) => ({
        key: `${provider} ${services}`,
        cells: [
          { text: names.provider(provider) },
          { text: words.any(words.range(services)) },
          countCell(count, cellKey({ provider, count: services })),
          shareCell(share),
        ],
      })),
    ]),
  }),
};
