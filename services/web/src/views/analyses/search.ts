// SPDX-License-Identifier: Apache-2.0
// The addresses of the pages about analyses.
import {
  type AnalysisSearch,
  fromAnalysisSearch,
  toAnalysisSearch,
} from '../../api/analysisFilters';

export type ChartSearch = AnalysisSearch & { show?: string };
export type CellSearch = AnalysisSearch & { cell?: string };

const longestCell = 1000;

const text = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, most) : undefined;

export const analysisSearch = (search: Record<string, unknown>): AnalysisSearch =>
  toAnalysisSearch(fromAnalysisSearch(search));

export function chartSearch(search: Record<string, unknown>): ChartSearch {
  const show = text(search.show, longestCell);
  return { ...analysisSearch(search), ...(show !== undefined && { show }) };
}

export function cellSearch(search: Record<string, unknown>): CellSearch {
  const cell = text(search.cell, longestCell);
  return { ...analysisSearch(search), ...(cell !== undefined && { cell }) };
}
