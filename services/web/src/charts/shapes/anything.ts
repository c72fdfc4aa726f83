// SPDX-License-Identifier: Apache-2.0
// A result of a shape that the web does not know: its lists, as tables, column by column.
import { spaced } from '../../lib/text';
import type { Shape, Table } from '../shape';

type Plain = Record<string, unknown>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mostRows = 500;

function say(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return value.toLocaleString('en-GB');
  if (typeof value === 'object') return JSON.stringify(value).slice(0, 200);
  return String(value).slice(0, 200);
}

function rowsOf(result: unknown): Plain[] {
  if (!isPlain(result)) return [];
  const list = Object.values(result).find(
    (value): value is Plain[] => Array.isArray(value) && value.length > 0 && value.every(isPlain),
  );
  return list?.slice(0, mostRows) ?? [result];
}

function table(result: unknown): Table {
  const rows = rowsOf(result);
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    head: fields.map((field) => {
      const name = spaced(field);
      return name.charAt(0).toUpperCase() + name.slice(1);
    }),
    rows: rows.map((row, at) => ({
      key: String(at),
      cells: fields.map((field) => ({ text: say(row[field]) })),
    })),
  };
}

export const anything: Shape<unknown> = {
  empty: (result) => rowsOf(result).length === 0,
  reading: () => '',
  table: (result) => table(result),
};
