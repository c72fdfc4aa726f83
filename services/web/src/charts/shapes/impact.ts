// SPDX-License-Identifier: Apache-2.0
// How grave the incidents were, by provider.
import { type Impact, impacts } from '../../api/models';
import type { components } from '../../api/types';
import { texts } from '../../texts';
import { choices, columns, impact as words } from '../../texts/shapes';
import { numbers } from '../../texts/units';
import {
  base,
  pieceLabel,
  rowAxis,
  rowBar,
  rowsGrid,
  rowsHeight,
  shareAxis,
  shortShare,
  valueAxis,
} from '../base';
import { cellKey, countCell, decimal, extremes, integer, percent, shareCell, sum } from '../format';
import type { DrawInput, Drawing, Names, Option, Shape } from '../shape';

type Result = components['schemas']['ImpactResult'];
type Group = components['schemas']['ImpactGroup'];

const level = (group: Group, impact: Impact) => group.levels.find((each) => each.impact === impact);

const levelsOf = (result: Result): Impact[] =>
  impacts.filter((impact) => result.groups.some((group) => level(group, impact)));

const critical = (group: Group): number =>
  sum([level(group, 'critical')?.share, level(group, 'major')?.share]);

function reading(result: Result, names: Names): string {
  const groups = result.groups.filter(({ n }) => n > 0);
  const ends = extremes(groups, critical);
  const [only] = groups;
  const say = (group: Group) =>
    words.part(percent(critical(group), 0), names.provider(group.provider));
  if (ends) return words.reading(say(ends.high), say(ends.low));
  return only ? words.readingOne(say(only)) : '';
}

function draw({ result, names, theme, chosen, hidden, width }: DrawInput<Result>): Drawing {
  const groups = result.groups.filter(({ n }) => n > 0);
  const counts = chosen.values === 'count';
  return {
    height: rowsHeight(groups.length),
    option: () =>
      ({
        ...base(theme),
        grid: rowsGrid,
        xAxis: counts ? valueAxis(theme) : shareAxis(theme, width),
        yAxis: rowAxis(
          theme,
          groups.map(({ provider }) => names.provider(provider)),
        ),
        series: levelsOf(result)
          .filter((impact) => !hidden.has(impact))
          .map((impact) => ({
            type: 'bar' as const,
            stack: 'levels',
            ...rowBar,
            color: theme.impact[impact],
            itemStyle: { borderColor: theme.canvas, borderWidth: 1 },
            label: pieceLabel(theme.impact[impact], !counts && width > 480, shortShare),
            data: groups.map((group) => {
              const each = level(group, impact);
              return {
                value: (counts ? each?.count : each?.share) ?? 0,
                cell: cellKey({ provider: group.provider, impact }),
                tip: [
                  numbers.pair(names.provider(group.provider), texts.impact[impact]),
                  words.counts(
                    integer(each?.count ?? 0),
                    percent(each?.share ?? 0),
                    integer(group.n),
                  ),
                ],
              };
            }),
          })),
      }) as Option,
  };
}

export const impact: Shape<Result> = {
  empty: (result) => result.groups.every(({ n }) => n === 0),
  reading,
  draw,
  choices: () => [
    {
      name: 'values',
      label: choices.values,
      options: [
        { value: 'share', label: choices.share },
        { value: 'count', label: choices.count },
      ],
    },
  ],
  legend: (result, _names, theme) =>
    levelsOf(result).map((each) => ({
      id: each,
      label: texts.impact[each],
      color: theme.impact[each],
      impact: each,
    })),
  table: (result, names) => {
    const levels = levelsOf(result);
    return {
      head: [
        columns.provider,
        columns.n,
        ...levels.flatMap((each) => [texts.impact[each], words.share]),
        words.mean,
        columns.median,
        texts.impact.maintenance,
      ],
      rows: result.groups.map((group) => ({
        key: group.provider,
        cells: [
          { text: names.provider(group.provider) },
          { text: integer(group.n) },
          ...levels.flatMap((each) => [
            countCell(
              level(group, each)?.count ?? 0,
              cellKey({ provider: group.provider, impact: each }),
            ),
            shareCell(level(group, each)?.share),
          ]),
          { text: decimal(group.mean) },
          { text: decimal(group.median) },
          countCell(
            group.maintenance,
            cellKey({ provider: group.provider, impact: 'maintenance' }),
          ),
        ],
      })),
    };
  },
};
