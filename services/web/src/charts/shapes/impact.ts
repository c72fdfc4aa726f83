// SPDX-License-Identifier: Apache-2.0
// How grave the incidents were, by provider.
import { type Impact, impacts } from '../../api/models';
import type { components } from '../../api/types';
import { barWidth, base, percentLabel, rowAxis, rowsGrid, rowsHeight, valueAxis } from '../base';
import { inkOn } from '../color';
import { cellKey, countCell, decimal, extremes, integer, percent, shareCell, sum } from '../format';
import type { DrawInput, Drawing, Names, Option, Shape } from '../shape';

type Result = components['schemas']['ImpactResult'];
type Group = components['schemas']['ImpactGroup'];

const words: Record<Impact, string> = {
  none: 'None',
  minor: 'Minor',
  major: 'Major',
  critical: 'Critical',
  maintenance: 'Maintenance',
  unknown: 'Unknown',
};

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
    `${percent(critical(group), 0)} of ${names.provider(group.provider)}’s`;
  if (ends) return `Major or critical are ${say(ends.high)} incidents and ${say(ends.low)}.`;
  return only ? `Major or critical are ${say(only)} incidents.` : '';
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
        xAxis: valueAxis(
          theme,
          counts ? {} : { max: 100, axisLabel: { color: theme.ink3, ...percentLabel } },
        ),
        yAxis: rowAxis(
          theme,
          groups.map(({ provider }) => names.provider(provider)),
        ),
        series: levelsOf(result)
          .filter((impact) => !hidden.has(impact))
          .map((impact) => ({
            type: 'bar' as const,
            stack: 'levels',
            barWidth: barWidth(groups.length),
            color: theme.impact[impact],
            itemStyle: { borderColor: theme.canvas, borderWidth: 1 },
            label: {
              show: !counts && width > 480,
              color: inkOn(theme.impact[impact]),
              fontSize: 11,
              formatter: ({ value }: { value?: unknown }) =>
                Number(value) >= 8 ? `${Math.round(Number(value))} %` : '',
            },
            data: groups.map((group) => {
              const each = level(group, impact);
              return {
                value: (counts ? each?.count : each?.share) ?? 0,
                cell: cellKey({ provider: group.provider, impact }),
                tip: [
                  `${names.provider(group.provider)}: ${words[impact]}`,
                  `${integer(each?.count ?? 0)} incidents, ${percent(each?.share ?? 0)} of ${integer(group.n)}`,
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
      label: 'Values',
      options: [
        { value: 'share', label: 'Share' },
        { value: 'count', label: 'Count' },
      ],
    },
  ],
  legend: (result, _names, theme) =>
    levelsOf(result).map((each) => ({
      id: each,
      label: words[each],
      color: theme.impact[each],
      impact: each,
    })),
  table: (result, names) => {
    const levels = levelsOf(result);
    return {
      head: [
        'Provider',
        'n',
        ...levels.flatMap((each) => [words[each], 'share']),
        'Mean of 0–3',
        'Median',
        'Maintenance',
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
