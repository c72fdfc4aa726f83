// SPDX-License-Identifier: Apache-2.0
// Drawings are made for text of the usual size. On a wide screen the page's text is larger: theirs with it.
import type { Drawing, Option } from './shape';

const usualPx = 16;

/** How much larger the page's text is than usual. */
export function textScale(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return size > 0 ? Math.round((100 * size) / usualPx) / 100 : 1;
}

const lengths: ReadonlySet<string> = new Set([
  ...['fontSize', 'lineHeight', 'nameGap', 'symbolSize', 'barWidth', 'barMaxWidth'],
  ...['width', 'left', 'right', 'top', 'bottom', 'padding'],
]);

/** All lengths of an option in pixels; what its data carry has none. */
function scaleLengths(value: unknown, by: number): unknown {
  if (Array.isArray(value)) return value.map((each) => scaleLengths(each, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      if (name === 'data') return [name, each];
      if (lengths.has(name) && typeof each === 'number') return [name, each * by];
      return [name, scaleLengths(each, by)];
    }),
  );
}

export const scaled = (drawing: Drawing, by: number): Drawing =>
  by === 1
    ? drawing
    : {
        ...drawing,
        height: Math.round(drawing.height * by),
        option: () => scaleLengths(drawing.option(), by) as Option,
      };
