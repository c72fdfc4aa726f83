// SPDX-License-Identifier: Apache-2.0
// What a result shape needs to be shown: a sentence, a table and a drawing, each a pure function of the result. One file
// per shape in shapes/, one line in registry.ts.
import type { EChartsOption } from 'echarts';
import type { Impact, Provider } from '../api/models';
import type { ChartTheme } from './theme';

/** Names and colours of the catalog. */
export interface Names {
  /** A provider's name, or a service's with its provider's where that is not obvious. */
  group(id: string): string;
  /** A service's own name. */
  service(id: string): string;
  provider(id: string): string;
  color(id: string): string;
  providers: readonly Provider[];
}

export interface TableCell {
  text: string;
  /** The exact value, on hover. */
  title?: string;
  /** Of the incidents behind the number. */
  cell?: string;
}

export interface Table {
  head: string[];
  /** `part`: of the row above that is none. */
  rows: { key: string; cells: TableCell[]; part?: boolean }[];
}

export interface LegendItem {
  id: string;
  label: string;
  color: string;
  impact?: Impact;
}

/** A choice of how to look at the result; its first option is the default. */
export interface Choice {
  name: string;
  label: string;
  options: { value: string; label: string }[];
}

export type Chosen = Readonly<Record<string, string>>;

export interface DrawInput<R> {
  result: R;
  names: Names;
  theme: ChartTheme;
  chosen: Chosen;
  /** Ids of legend items that are switched off. */
  hidden: ReadonlySet<string>;
  /** The lowest and the highest value of all that stand side by side, so that their axes are the same. */
  range?: readonly [number, number] | undefined;
  /** The width in pixels that the drawing will have. */
  width: number;
}

export type Option = EChartsOption;

/** Dates (YYYY-MM-DD); `to` is the first day after it. */
export interface Period {
  from: string;
  to: string;
}

/** A horizontal axis of days or months, of which a stretch can be chosen (brush/). */
export interface TimeAxis {
  /** The names of its categories, from left to right. */
  steps: readonly string[];
  /** From one category to another, both included. */
  period: (from: number, to: number) => Period | undefined;
}

export interface Drawing {
  /** Everything that is drawn. Only what comes into view is asked for it: most of the work of a drawing is here. */
  option: () => Option;
  height: number;
  renderer?: 'svg' | 'canvas';
  time?: TimeAxis;
}

/** Of a shape that draws nothing. */
export const noDrawing: Drawing = { option: () => ({}), height: 0 };

/** What every data item of a drawing may carry beside its value. */
export interface Item {
  /** Lines of the tooltip; the first is its heading. */
  tip?: string[];
  /** Of the incidents behind it. */
  cell?: string;
}

export interface Shape<R> {
  reading(result: R, names: Names): string;
  table(result: R, names: Names): Table;
  choices?(result: R, names: Names): Choice[];
  legend?(result: R, names: Names, theme: ChartTheme, chosen: Chosen): LegendItem[];
  /** The ends of the value axis, where two drawings must share it to be compared. */
  range?(result: R, chosen: Chosen, hidden: ReadonlySet<string>): readonly [number, number];
  /** Absent where a table is the best drawing. */
  draw?(input: DrawInput<R>): Drawing;
  /** Whether there is anything to draw. */
  empty(result: R): boolean;
}
