// SPDX-License-Identifier: Apache-2.0
// Where the time of a resolution goes: investigate, repair, check; and learn, afterwards.
import type { components } from '../../api/types';
import { choices, columns, stages as words } from '../../texts/shapes';
import { numbers } from '../../texts/units';
import { base, durationAxis, rowAxis, rowBar, rowsGrid, rowsHeight, shareAxis } from '../base';
import { inkOn } from '../color';
import { cellKey, countCell, duration, durationCell, extremes, integer, percent } from '../format';
import type { DrawInput, Drawing, Names, Option, Shape } from '../shape';

type Result = components['schemas']['StagesResult'];
type Group = components['schemas']['StagesGroup'];

const order = ['investigate', 'repair', 'check', 'learn'] as const;
type Stage = (typeof order)[number];

const of = (group: Group, stage: Stage) => group.stages.find((each) => each.stage === stage);
const known = (group: Group): boolean => group.stages.some(({ n }) => n > 0);

function reading(result: Result, names: Names): string {
  const ends = extremes(result.groups, (group) => of(group, 'repair')?.share);
  const [only] = result.groups.filter(known);
  const share = (group: Group) => percent(of(group, 'repair')?.share, 0);
  const say = (group: Group) => words.part(names.group(group.group), share(group));
  if (ends) return words.reading(say(ends.low), say(ends.high));
  return only ? words.readingOne(names.group(only.group), share(only)) : '';
}

function draw({ result, names, theme, chosen, hidden, width }: DrawInput<Result>): Drawing {
  const groups = result.groups.filter(known);
  const value = chosen.values ?? 'share';
  const shares = value === 'share';
  const stages = order.filter((stage) => !hidden.has(stage) && (!shares || stage !== 'learn'));
  const bars = () =>
    stages.map((stage) => {
      const color = theme.stages[order.indexOf(stage)] ?? theme.ink3;
      return {
        type: 'bar' as const,
        ...(shares && { stack: 'stages' }),
        name: words.names[stage],
        color,
        ...(shares ? rowBar : { barGap: '10%', barCategoryGap: '26%' }),
        itemStyle: { borderColor: theme.canvas, borderWidth: shares ? 1 : 0 },
        label: {
          show: shares && width > 520,
          color: inkOn(color),
          fontSize: 11,
          formatter: ({ value: share }: { value?: unknown }) =>
            Number(share) >= 9 ? `${Math.round(Number(share))} %` : '',
        },
        data: groups.map((group) => {
          const each = of(group, stage);
          return {
            value: shares
              ? (each?.share ?? 0)
              : Math.max(1, (value === 'mean' ? each?.mean : each?.median) ?? 1),
            cell: cellKey({ group: group.group, stage }),
            tip: [
              numbers.pair(names.group(group.group), words.names[stage]),
              words.middle(duration(each?.mean), duration(each?.median)),
              words.share(percent(each?.share), integer(each?.n)),
            ],
          };
        }),
      };
    });
  return {
    height: shares ? rowsHeight(groups.length) : Math.max(140, groups.length * 58 + 40),
    option: () => {
      const series = bars();
      const values = series.flatMap((bar) => bar.data.map((item) => item.value));
      return {
        ...base(theme),
        grid: rowsGrid,
        xAxis: shares
          ? shareAxis(theme, width)
          : durationAxis(theme, 'log', 60, Math.max(...values, 3600) * 1.1),
        yAxis: rowAxis(
          theme,
          groups.map(({ group }) => names.group(group)),
        ),
        series,
      } as Option;
    },
  };
}

export const stages: Shape<Result> = {
  empty: (result) => !result.groups.some(known),
  reading,
  draw,
  choices: () => [
    {
      name: 'values',
      label: choices.values,
      options: [
        { value: 'share', label: choices.share },
        { value: 'mean', label: choices.mean },
        { value: 'median', label: choices.median },
      ],
    },
  ],
  legend: (_result, _names, theme, chosen) =>
    order
      .filter((stage) => (chosen.values ?? 'share') !== 'share' || stage !== 'learn')
      .map((stage) => ({
        id: stage,
        label: words.names[stage],
        color: theme.stages[order.indexOf(stage)] ?? theme.ink3,
      })),
  table: (result, names) => ({
    head: [
      columns.group,
      ...order.flatMap((stage) => [words.names[stage], columns.lowerMedian, columns.n]),
    ],
    rows: result.groups.map((group) => ({
      key: group.group,
      cells: [
        { text: names.group(group.group) },
        ...order.flatMap((stage) => {
          const each = of(group, stage);
          return [
            durationCell(each?.mean),
            durationCell(each?.median),
            countCell(each?.n, cellKey({ group: group.group, stage })),
          ];
        }),
      ],
    })),
  }),
};
