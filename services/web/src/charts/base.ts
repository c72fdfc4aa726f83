// SPDX-License-Identifier: Apache-2.0
// What all drawings have in common: axes, tooltip, type. Tooltips are drawn as text by ECharts itself (`richText`), so no
// markup is made of anybody's words and no style attribute meets the content security policy.
import type { EChartsOption } from 'echarts';
import { humanDuration } from '../lib/duration';
import { addDays, dayWords, monthAfter, monthWords, shortDay } from '../lib/zoned';
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

/** The name of a row, cut where it is longer than `width` pixels. */
export const rowLabel = (theme: ChartTheme, width: number) => ({
  ...axisText(theme),
  color: theme.ink,
  interval: 0,
  overflow: 'truncate' as const,
  width,
  ellipsis: '…',
});

/** Rows from top to bottom, named on the left. */
export const rowAxis = (theme: ChartTheme, data: readonly string[], more: object = {}) =>
  categoryAxis(theme, data, {
    inverse: true,
    axisLine: { show: false },
    axisLabel: rowLabel(theme, 168),
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

const steps = [
  ...[1, 10, 30, 60, 300, 600, 1800],
  ...[1, 2, 3, 6, 12, 24, 48, 24 * 7, 24 * 14, 24 * 30, 24 * 60, 24 * 90, 24 * 180, 24 * 365].map(
    (hours) => hours * 3600,
  ),
];
const mostMarks = 5;

/** Durations in seconds from zero on, marked at whole minutes, hours or days. */
export function lengthAxis(theme: ChartTheme, high: number, more: object = {}) {
  const last = steps.at(-1) ?? high;
  const interval =
    steps.find((step) => high / step <= mostMarks) ?? Math.ceil(high / mostMarks / last) * last;
  return valueAxis(theme, {
    min: 0,
    max: Math.max(1, Math.ceil(high / interval)) * interval,
    interval,
    axisLabel: {
      ...axisText(theme),
      color: theme.ink3,
      hideOverlap: true,
      formatter: (seconds: number) => (seconds === 0 ? '0' : humanDuration(seconds)),
    },
    ...more,
  });
}

const nice = [1, 10, 60, 600, 3600, 6 * 3600, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400];

/** Durations in seconds, on a logarithmic or a linear scale, marked at minutes, hours, days and so on. */
export function durationAxis(theme: ChartTheme, scale: string, low: number, high: number) {
  const label = {
    ...axisText(theme),
    color: theme.ink3,
    hideOverlap: true,
    formatter: (seconds: number) => humanDuration(seconds),
  };
  if (scale === 'linear') return lengthAxis(theme, high);
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

/** How thick the bar of a row is: in a drawing that is stretched, thicker. */
export const rowBar = { barWidth: '66%', barMaxWidth: 44 };

export const rowsGrid = { left: 4, right: 18, top: 8, bottom: 4, containLabel: true };
export const percentLabel = { fontSize: 12, formatter: '{value} %' };

/** From nothing to all, marked as there is room. */
export const shareAxis = (theme: ChartTheme, width: number) =>
  valueAxis(theme, {
    max: 100,
    interval: width < 440 ? 50 : 20,
    axisLabel: { color: theme.ink3, ...percentLabel },
  });

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

/** Months (YYYY-MM) from left to right. */
export const monthAxis = (theme: ChartTheme, months: readonly string[], more: object = {}) =>
  categoryAxis(theme, months, {
    axisLabel: { ...axisText(theme), hideOverlap: true, formatter: monthWords },
    ...more,
  });

// More days than this are marked by months, in as many pixels for each mark at least.
const fewDays = 100;
const markPx = 84;

/** Every how many months there is room for a mark. */
const monthStep = (months: number, width: number): number =>
  [1, 2, 3, 6].find((step) => (months / step) * markPx <= width) ?? 12;

/** Days (YYYY-MM-DD) from left to right: few by their dates, many by the first days of months. */
export function dayAxis(theme: ChartTheme, days: readonly string[], width: number) {
  const label = { ...axisText(theme), hideOverlap: true };
  const firsts = days.filter((day) => day.endsWith('-01')).length;
  const step = monthStep(firsts, width);
  const marked = (_: number, day: string) =>
    day.endsWith('-01') && (Number(day.slice(5, 7)) - 1) % step === 0;
  return categoryAxis(theme, days, {
    axisLine: { show: false },
    axisLabel:
      days.length <= fewDays
        ? { ...label, formatter: shortDay }
        : { ...label, interval: marked, formatter: (day: string) => monthWords(day.slice(0, 7)) },
  });
}

/** Room for the marks of a value axis, so that the plots of one chart begin at the same place. */
export const markRoom = { left: 56, containLabel: false };

/** The axis of days (YYYY-MM-DD), to choose from. */
export const daysAxis = (days: readonly string[]): TimeAxis => ({
  steps: days.map(dayWords),
  period: (from, to) => {
    const [first, last] = [days[from], days[to]];
    return first && last ? { from: first, to: addDays(last, 1) } : undefined;
  },
});

/** The axis of months (YYYY-MM), to choose from. */
export const monthsAxis = (months: readonly string[]): TimeAxis => ({
  steps: months.map(monthWords),
  period: (from, to) => {
    const [first, last] = [months[from], months[to]];
    return first && last ? { from: `${first}-01`, to: monthAfter(last) } : undefined;
  },
});
