// SPDX-License-Identifier: Apache-2.0
// ECharts is more than the rest of the script: it comes with the first page of charts, once. Who has it does not wait.

type ECharts = typeof import('./echarts');

let loaded: ECharts | undefined;

/** Undefined until it is there. */
export const echarts = (): ECharts | undefined => loaded;

/** Rejects where it cannot be fetched; the next call tries again. */
export async function loadECharts(): Promise<ECharts> {
  loaded ??= await import('./echarts');
  return loaded;
}
