// SPDX-License-Identifier: Apache-2.0
// What all drawings have in common: axes, tooltip, type. Tooltips are drawn as text by ECharts itself (`richText`), so no
// markup is made of anybody's words and no style attribute meets the content security policy.
import type { EChartsOption } from 'echarts';
import { humanDuration } from '../lib/duration';
import { monthAfter } from '../lib/zoned';
import { inkOn } from './color';
import type { Item, TimeAxis } from './shape';
import type { ChartTheme } from './theme';

/** Braces would be formatting to a rich text. */
const literal = (text: string): string => text.replace(/[{}|]/g, ' ');

interface Hovered {
  data?: (Item & { name?: string }) | undefined;
  seriesName?: string;
}

export function tooltip(theme: ChartTheme): EChartsOption {
  return {
    tooltip: {
      trigger: 'item',
      renderMode: 'richText',
      confine: true,
      backgroundColor: theme.raised,
      borderColor: theme.lineStrong,
      borderWidth: 1,
      padding: [8, 11],
      textStyle: {
        color: theme.ink2,
        fontSize: 12,
        fontFamily: theme.font,
        lineHeight: 18,
        rich: { h: { color: theme.ink, fontWeight: 600, fontSize: 12, lineHeight: 20 } },
      },
      formatter: (params: unknown) => {
        const hovered = (Array.isArray(params) ? params : [params]) as Hovered[];
        const [heading, ...lines] = hovered.find((each) => each.data?.tip)?.data?.tip ?? [];
        if (heading === undefined) return '';
        return [`{h|${literal(heading)}}`, ...lines.map(literal)].join('\n');
      },
    },
  } as EChartsOption;
}

export function base(theme: ChartTheme): EChartsOption {
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.ink2, fontSize: 12 },
    ...tooltip(theme),
  };
}

const axisText = (theme: ChartTheme) => ({ color: theme.ink2, fontSize: 12 });

export const categoryAxis = (theme: ChartTheme, data: readonly string[], more: object = {}) => ({
  type: 'category' as const,
  data: [...data],
  axisLine: { show: true, lineStyle: { color: theme.lineStrong } },
  axisTick: { show: false },
  axisLabel: { ...axisText(theme), hideOverlap: true },
  splitLine: { show: false },
  ...more,
});

/** Rows from top to bottom, named on the left. */
export const rowAxis = (theme: ChartTheme, data: readonly string[], more: object = {}) =>
  categoryAxis(theme, data, {
    inverse: true,
    axisLine: { show: false },
    axisLabel: {
      ...axisText(theme),
      color: theme.ink,
      interval: 0,
      overflow: 'truncate',
      width: 132,
      ellipsis: '…',
    },
    ...more,
  });

export const valueAxis = (theme: ChartTheme, more: object = {}) => ({
  type: 'value' as const,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { ...axisText(theme), color: theme.ink3 },
  splitLine: { lineStyle: { color: theme.line } },
  ...more,
});

const nice = [1, 10, 60, 600, 3600, 6 * 3600, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400];

/** Durations in seconds, on a logarithmic or a linear scale, marked at minutes, hours, days and so on. */
export function durationAxis(theme: ChartTheme, scale: string, low: number, high: number) {
  const label = {
    ...axisText(theme),
    color: theme.ink3,
    hideOverlap: true,
    formatter: (seconds: number) => humanDuration(seconds),
  };
  if (scale === 'linear') return valueAxis(theme, { axisLabel: label });
  const marks = nice.filter((mark) => mark > low && mark < high);
  return {
    ...valueAxis(theme),
    type: 'log' as const,
    logBase: 10,
    min: Math.max(1, low),
    max: high,
    axisLabel: { ...label, customValues: marks },
    axisTick: { show: false, customValues: marks },
  };
}

/** Few rows get more room each. */
const rowHeight = (rows: number): number => (rows > 8 ? 28 : rows > 4 ? 32 : 42);

/** The height of a drawing with that many rows. */
export const rowsHeight = (rows: number, around = 46): number =>
  Math.max(1, rows) * rowHeight(rows) + around;

/** How thick a bar is in a drawing with that many rows. */
export const barWidth = (rows: number): number => Math.round(rowHeight(rows) * 0.66);

export const rowsGrid = { left: 4, right: 18, top: 8, bottom: 4, containLabel: true };
export const percentLabel = { formatter: '{value} %' };

/** What stands in a piece of a bar of shares, where the piece has room for it. */
export const pieceLabel = (color: string, show: boolean, text: (share: number) => string) => ({
  show,
  color: inkOn(color),
  fontSize: 11,
  formatter: ({ value }: { value?: unknown }) => (Number(value) >= 8 ? text(Number(value)) : ''),
});

/** A share in a piece of a bar: without decimals, as there is little room. */
export const shortShare = (share: number): string => `${Math.round(share)} %`;

/** The next round number: where an axis that must reach `value` ends. */
export function niceMax(value: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  const factor =
    [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((each) => each * step >= value) ?? 10;
  return Math.max(1, Math.ceil(factor * step));
}

/** The name of one of several plots in a chart. */
export const plotTitle = (theme: ChartTheme, text: string, top: string) => ({
  text,
  left: 4,
  top,
  textStyle: { color: theme.ink3, fontSize: 12, fontWeight: 400 as const },
});

/** An axis of months (YYYY-MM). */
export const monthsAxis = (months: readonly string[]): TimeAxis => ({
  steps: months,
  period: (from, to) => {
    const [first, last] = [months[from], months[to]];
    return first && last ? { from: `${first}-01`, to: monthAfter(last) } : undefined;
  },
});
