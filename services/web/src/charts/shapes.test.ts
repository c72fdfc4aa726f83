// SPDX-License-Identifier: Apache-2.0
// Every shape over a small result: what it says, which cells it leads to, and that it draws without what is absent.
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../components/ProviderName';
import { results } from '../testing/results';
import { catalog as providers } from '../testing/samples';
import { lengthAxis } from './base';
import { inkOn, luminance, mix, shade } from './color';
import { between, cellKey, evenPercent, percent, pValue } from './format';
import { namesOf } from './names';
import { shapeOf } from './registry';
import { scaled } from './scale';
import type { Drawing, Item } from './shape';
import { anything } from './shapes/anything';
import { dots, inWords } from './shapes/combinations';
import type { ChartTheme } from './theme';

const catalog: Catalog = {
  providers: providers.providers,
  provider: new Map(providers.providers.map((each) => [each.id, each])),
  service: new Map(providers.providers.flatMap(({ services }) => services.map((s) => [s.id, s]))),
};
const names = namesOf(catalog, false);
const theme: ChartTheme = {
  dark: false,
  ink: '#111111',
  ink2: '#333333',
  ink3: '#555555',
  line: '#dddddd',
  lineStrong: '#cccccc',
  canvas: '#ffffff',
  raised: '#ffffff',
  sunken: '#eeeeee',
  accent: '#0b626a',
  good: '#2c7a4b',
  ramp: ['#f3e7c4', '#efc878', '#e39a4c', '#c9652f', '#983b2c', '#5e1d2a'],
  stages: ['#0b4f56', '#2f8b90', '#9fcdcb', '#b9b3a6'],
  impact: {
    none: '#74777d',
    minor: '#b58300',
    major: '#d1550b',
    critical: '#a3123b',
    maintenance: '#3b6fb0',
    unknown: '#74777d',
  },
  font: 'sans-serif',
};

function items(drawing: Drawing): Item[] {
  const option = drawing.option();
  const series = (Array.isArray(option.series) ? option.series : [option.series]) as {
    data?: unknown[];
  }[];
  return series.flatMap(({ data }) => data ?? []) as Item[];
}

const cellsOf = (drawing: Drawing) => new Set(items(drawing).flatMap((item) => item?.cell ?? []));

function drawn(shape: keyof typeof results, chosen: Record<string, string> = {}) {
  const { draw } = shapeOf(shape);
  if (!draw) throw new Error(`${shape} draws nothing`);
  return draw({ result: results[shape], names, theme, chosen, hidden: new Set(), width: 600 });
}

const tableCells = (shape: keyof typeof results) =>
  shapeOf(shape)
    .table(results[shape], names)
    .rows.flatMap(({ cells }) => cells.flatMap(({ cell }) => cell ?? []));

describe.each(Object.keys(results) as (keyof typeof results)[])('%s', (name) => {
  const shape = shapeOf(name);
  const result = results[name];

  it('is known, and says something of what it shows', () => {
    expect(shape).not.toBe(anything);
    expect(shape.empty(result)).toBe(false);
    expect(shape.reading(result, names)).toMatch(/^\S.*\.$/);
    expect(shape.reading(result, names)).not.toMatch(/undefined|NaN|null/);
  });

  it('has a table whose rows are as long as its head, without invented numbers', () => {
    const { head, rows } = shape.table(result, names);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.cells).toHaveLength(head.length);
      for (const { text } of row.cells) expect(text).not.toMatch(/undefined|NaN|null/);
    }
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  it('draws in every way that it offers', () => {
    if (!shape.draw) return;
    const ways = shape
      .choices?.(result, names)
      .flatMap(({ name: choice, options }) =>
        options.map(({ value }) => ({ [choice]: value })),
      ) ?? [{}];
    for (const chosen of ways) {
      const drawing = drawn(name, chosen);
      expect(drawing.height).toBeGreaterThan(50);
      const tips = items(drawing).flatMap((item) => item?.tip ?? []);
      for (const line of tips) expect(line).not.toMatch(/undefined|NaN|null/);
    }
  });

  it('leads from its table to cells that it also draws', () => {
    if (!shape.draw) return;
    const ways = shape
      .choices?.(result, names)
      .flatMap(({ name: choice, options }) =>
        options.map(({ value }) => ({ [choice]: value })),
      ) ?? [{}];
    const cells = new Set(ways.flatMap((chosen) => [...cellsOf(drawn(name, chosen))]));
    expect(cells.size).toBeGreaterThan(0);
    expect(tableCells(name).some((cell) => cells.has(cell))).toBe(true);
  });
});

describe('cells', () => {
  it.each([
    ['histogram', 'service:openai/api;bin:Monday'],
    ['histogram', 'provider:openai;bin:Tuesday'],
    ['distribution', 'group:openai/api;gt:1800;le:3600'],
    ['distribution', 'group:openai/api;gt:3600'],
    ['boxplot', 'group:openai/api;gt:7200'],
    ['stages', 'group:openai/api;stage:repair'],
    ['combinations', 'group:all;stages:S1_S3_S4'],
    ['availability', 'group:openai/api;date:2024-08-02'],
    ['matrix', 'row:openai/api;column:openai/chatgpt'],
    ['service_sets', 'provider:openai;services:openai/api,openai/chatgpt'],
    ['service_sets', 'provider:openai;services:none'],
    ['service_sets', 'provider:openai;count:2'],
    ['timeline', 'group:openai/api;month:2024-07'],
    ['correlation', 'provider:openai'],
    ['impact', 'provider:openai;impact:critical'],
    ['summary', 'group:openai;days:30'],
    ['trend', 'group:openai;period:2024-08'],
    ['quality', 'provider:openai;flag:without_services'],
  ] as const)('%s has %s', (shape, cell) => {
    expect(tableCells(shape)).toContain(cell);
  });

  it('never lie behind a zero', () => {
    expect(tableCells('histogram')).not.toContain('service:openai/chatgpt;bin:Monday');
    expect(tableCells('timeline')).not.toContain('group:openai/api;month:2024-08');
    expect(tableCells('quality')).not.toContain('provider:openai;flag:inconsistent');
  });
});

describe('a stack', () => {
  const two = {
    ...results.histogram,
    groups: [
      ...results.histogram.groups,
      {
        provider: 'anthropic',
        services: [{ service: 'anthropic/claude', counts: [1, 4] }],
        distinct: [1, 4],
        chi_square: { df: 1 },
      },
    ],
  };
  const shape = shapeOf('histogram');
  const bars = (chosen: Record<string, string>, hidden: string[] = []) =>
    items(
      shape.draw?.({
        result: two,
        names,
        theme,
        chosen,
        hidden: new Set(hidden),
        width: 600,
      }) as Drawing,
    ).map(({ cell }) => cell);
  const legend = (result: unknown, chosen: Record<string, string>) =>
    shape.legend?.(result, names, theme, chosen).map(({ id }) => id);

  it('is of providers where there are several, each incident once', () => {
    expect(bars({})).toEqual([
      'provider:openai;bin:Monday',
      'provider:openai;bin:Tuesday',
      'provider:anthropic;bin:Monday',
      'provider:anthropic;bin:Tuesday',
    ]);
    expect(legend(two, {})).toEqual(['openai', 'anthropic']);
  });

  it('is of services where that is chosen or there is one provider, and names them', () => {
    expect(legend(two, { by: 'service' })).toEqual([
      'openai/api',
      'openai/chatgpt',
      'anthropic/claude',
    ]);
    expect(legend(results.histogram, {})).toEqual(['openai/api', 'openai/chatgpt']);
    const ways = shape.choices?.(results.histogram, names).find(({ name }) => name === 'by');
    expect(ways?.options[0]?.value).toBe('service');
  });

  it('hides a service, or all of a provider', () => {
    expect(bars({ by: 'service' }, ['openai/api'])).toEqual([
      'service:openai/chatgpt;bin:Monday',
      'service:openai/chatgpt;bin:Tuesday',
      'service:anthropic/claude;bin:Monday',
      'service:anthropic/claude;bin:Tuesday',
    ]);
    expect(bars({ by: 'service' }, ['openai'])).toHaveLength(2);
  });
});

describe('a matrix', () => {
  const { reading } = shapeOf('matrix');
  const of = (values: number[][]) => ({
    services: ['openai/api', 'openai/chatgpt'],
    rows: [
      { service: 'openai/api', values: values[0] },
      { service: 'openai/chatgpt', values: values[1] },
    ],
  });

  it.each([
    [
      [
        [5, 2],
        [2, 4],
      ],
      'OpenAI API and ChatGPT were out on the same day most often, 2 times.',
    ],
    [
      [
        [5, 1],
        [1, 4],
      ],
      'OpenAI API and ChatGPT were out on the same day most often, 1 time.',
    ],
    [
      [
        [100, 40],
        [25, 100],
      ],
      'The most probable: OpenAI API was out on 40 % of the days on which ChatGPT was.',
    ],
    [
      [
        [5, 0],
        [0, 4],
      ],
      'No two services were out on the same day.',
    ],
  ])('of %j reads as days or as probabilities', (values, words) => {
    expect(reading(of(values), names)).toBe(words);
  });
});

describe('axes and sizes', () => {
  it.each([
    [9.8 * 3600, 2 * 3600, 10 * 3600],
    [50, 10, 50],
    [86_400 * 40, 86_400 * 14, 86_400 * 42],
    [86_400 * 365 * 12, 86_400 * 365 * 3, 86_400 * 365 * 12],
  ])('marks %d seconds at whole units', (high, interval, max) => {
    expect(lengthAxis(theme, high)).toMatchObject({ min: 0, interval, max });
  });

  it('enlarges lengths, but nothing in the data', () => {
    const data = [{ value: 3, width: 5 }];
    const drawing: Drawing = {
      height: 100,
      option: () => ({
        grid: { left: 4, top: '8%' },
        series: [{ type: 'bar', barWidth: 10, data }],
      }),
    };
    expect(scaled(drawing, 1)).toBe(drawing);
    const large = scaled(drawing, 1.5);
    expect(large.height).toBe(150);
    expect(large.option()).toEqual({
      grid: { left: 6, top: '8%' },
      series: [{ type: 'bar', barWidth: 15, data }],
    });
  });
});

describe('a shape that nobody knows', () => {
  it('is a table of its rows', () => {
    const shape = shapeOf('from-the-future');
    const result = {
      unit: 'x',
      things: [
        { thing: 'a', some_value: 3 },
        { thing: '<b>', other: [1] },
      ],
    };
    const { head, rows } = shape.table(result, names);
    expect(head).toEqual(['Thing', 'Some value', 'Other']);
    expect(rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['a', '3', '–'],
      ['<b>', '–', '[1]'],
    ]);
    expect(shape.draw).toBeUndefined();
  });

  it.each([null, undefined, 'text', [], {}])('survives %j', (result) => {
    expect(() => anything.table(result, names)).not.toThrow();
  });
});

describe('words and colours', () => {
  it('does not round to what it is not', () => {
    expect(percent(99.9999, 2)).toBe('> 99.99 %');
    expect(percent(0.001)).toBe('< 0.1 %');
    expect(percent(100)).toBe('100 %');
    expect(percent(0)).toBe('0 %');
    expect(percent(undefined)).toBe('–');
    expect(pValue(1e-19)).toBe('p < 0.001');
    expect(between(undefined, 1800)).toBe('≤ 30 min');
    expect(between(86_400, undefined)).toBe('> 1 d');
  });

  it('has the same decimals in a column', () => {
    expect(evenPercent(99.9, 2)).toBe('99.90 %');
    expect(evenPercent(100, 2)).toBe('100 %');
    expect(evenPercent(99.9999, 2)).toBe('> 99.99 %');
    expect(evenPercent(null, 2)).toBe('–');
  });

  it('writes cell keys as the API reads them', () => {
    expect(cellKey({ group: 'a/b', gt: undefined, le: 60 })).toBe('group:a/b;le:60');
  });

  it('draws sets of stages', () => {
    expect(dots('S1_S3_S4')).toEqual(['●', '○', '●', '●', '○']);
    expect(inWords('S4_S5')).toBe('resolved, postmortem');
  });

  it('keeps text readable on every colour', () => {
    for (const color of [...theme.ramp, ...theme.stages, ...Object.values(theme.impact)]) {
      const [a, b] = [luminance(color), luminance(inkOn(color))].toSorted((x, y) => y - x);
      expect(((a ?? 0) + 0.05) / ((b ?? 0) + 0.05)).toBeGreaterThan(3);
    }
    expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080');
    expect(new Set([0, 1, 2, 3].map((at) => shade('#4ba578', at, 4))).size).toBe(4);
  });

  it('names a service by its provider where its own name says little', () => {
    expect(names.group('openai/api')).toBe('OpenAI API');
    expect(names.group('openai/chatgpt')).toBe('ChatGPT');
    expect(names.group('nobody/knows')).toBe('nobody/knows');
  });
});
