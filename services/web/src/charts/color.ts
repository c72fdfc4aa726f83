// SPDX-License-Identifier: Apache-2.0
// A provider's services share its colour and differ in lightness.

type Rgb = [number, number, number];

export function rgbOf(color: string): Rgb {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (hex) return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;
  const [r = 128, g = 128, b = 128] = color.match(/[\d.]+/g)?.map(Number) ?? [];
  return [r, g, b];
}

const hexOf = (rgb: readonly number[]): string =>
  `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;

/** `share` 0 is the first colour, 1 the second. */
export function mix(a: string, b: string, share: number): string {
  const [from, to] = [rgbOf(a), rgbOf(b)];
  return hexOf(from.map((value, index) => value + ((to[index] ?? 0) - value) * share));
}

/** The relative luminance of WCAG, 0 to 1. */
export function luminance(color: string): number {
  const [r, g, b] = rgbOf(color).map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Black or white, whichever is read more easily on the colour. */
export const inkOn = (color: string): string => (luminance(color) > 0.3 ? '#16181a' : '#ffffff');

/** The `index`-th of `count` shades of a colour, from itself towards white and black in turns. */
export function shade(color: string, index: number, count: number): string {
  if (index === 0 || count < 2) return color;
  const step = Math.ceil(index / 2) / Math.ceil(count / 2);
  return index % 2 === 1 ? mix(color, '#ffffff', 0.62 * step) : mix(color, '#000000', 0.5 * step);
}

/** The colour at `share` (0 to 1) of the way along a list of colours. */
export function along(colors: readonly string[], share: number): string {
  const at = Math.min(1, Math.max(0, share)) * (colors.length - 1);
  const from = colors[Math.floor(at)] ?? '#808080';
  return mix(from, colors[Math.ceil(at)] ?? from, at - Math.floor(at));
}
