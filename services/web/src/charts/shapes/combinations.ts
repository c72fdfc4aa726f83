// SPDX-License-Identifier: Apache-2.0
// Which stages were posted together: one row per set, drawn as five dots.
import type { components } from '../../api/types';
import { choices, columns, combinations as words } from '../../texts/shapes';
import { base, rowAxis, rowBar, rowsGrid, rowsHeight, valueAxis } from '../base';
import { cellKey, countCell, integer, percent, shareCell } from '../format';
import type { DrawInput, Drawing, Names, Option, Shape } from '../shape';

type Result = components['schemas']['CombinationsResult'];

const stageNames = ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'];
const most = 14;

export const dots = (stages: string): string[] =>
  stageNames.map((_, at) => (stages.includes(`S${at + 1}`) ? '●' : '○'));

/** Each in a column of its own. */
const inColumns = (texts: readonly string[], style: string): string =>
  texts.map((text) => `{${style}|${text}}`).join('');

export const inWords = (stages: string): string =>
  stageNames.filter((_, at) => stages.includes(`S${at + 1}`)).join(', ') || words.none;

const groupOf = (result: Result, group: string | undefined) =>
  result.groups.find((each) => each.group === group) ?? result.groups[0];

const nameOf = (group: string, names: Names): string =>
  group === 'all' ? words.all : names.group(group);

// A drawing that is narrower has short heads.
const roomyPx = 520;

function draw({ result, names, theme, chosen, width }: DrawInput<Result>): Drawing {
  const group = groupOf(result, chosen.group);
  const rows = group?.combinations.slice(0, most) ?? [];
  const color = group && group.group !== 'all' ? names.color(group.group) : theme.accent;
  const roomy = width >= roomyPx;
  const column = { width: roomy ? 50 : 28, align: 'center' as const };
  return {
    height: rowsHeight(rows.length + 1),
    option: () =>
      ({
        ...base(theme),
        grid: { ...rowsGrid, right: 56 },
        xAxis: valueAxis(theme, { minInterval: 1 }),
        yAxis: rowAxis(
          theme,
          [
            inColumns(roomy ? words.heads : words.shortHeads, 'head'),
            ...rows.map(({ stages }) => inColumns(dots(stages), 'dot')),
          ],
          {
            axisLabel: {
              interval: 0,
              fontFamily: theme.font,
              formatter: (row: string) => row,
              rich: {
                head: { ...column, color: theme.ink3, fontSize: 11 },
                dot: { ...column, color: theme.ink, fontSize: 13 },
              },
            },
          },
        ),
        series: [
          {
            type: 'bar',
            color,
            ...rowBar,
            label: {
              show: true,
              position: 'right',
              color: theme.ink2,
              fontSize: 11,
              // The first row has the heads.
              formatter: ({ dataIndex }: { dataIndex: number }) =>
                dataIndex === 0 ? '' : percent(rows[dataIndex - 1]?.share),
            },
            data: [
              { value: null },
              ...rows.map(({ stages, count, share }) => ({
                value: count,
                cell: cellKey({ group: group?.group, stages }),
                tip: [inWords(stages), words.counts(integer(count), percent(share))],
              })),
            ],
          },
        ],
      }) as Option,
  };
}

export const combinations: Shape<Result> = {
  empty: (result) => result.groups.every(({ combinations: all }) => all.length === 0),
  reading: (result) => {
    const all = groupOf(result, 'all');
    const first = all?.combinations[0];
    if (!all || !first) return '';
    const bare = all.combinations.find(({ stages }) => stages === 'S4');
    return words.reading(percent(first.share), inWords(first.stages), bare && percent(bare.share));
  },
  draw,
  choices: (result, names) => [
    {
      name: 'group',
      label: choices.service,
      options: result.groups.map(({ group }) => ({ value: group, label: nameOf(group, names) })),
    },
  ],
  table: (result, names) => ({
    head: [columns.group, words.stages, columns.incidents, columns.share],
    rows: result.groups.flatMap(({ group, combinations: all }) =>
      all.map(({ stages, count, share }) => ({
        key: `${group} ${stages}`,
        cells: [
          { text: nameOf(group, names) },
          { text: inWords(stages) },
          countCell(count, cellKey({ group, stages })),
          shareCell(share),
        ],
      })),
    ),
  }),
};
