// SPDX-License-Identifier: Apache-2.0
// The tokens of styles/tokens.css as colours that a canvas understands, for the theme of the moment.
import { useSyncExternalStore } from 'react';
import type { Impact } from '../api/models';

export interface ChartTheme {
  dark: boolean;
  ink: string;
  ink2: string;
  ink3: string;
  line: string;
  lineStrong: string;
  canvas: string;
  raised: string;
  sunken: string;
  accent: string;
  good: string;
  /** From little to much, for what is ordered. */
  ramp: readonly string[];
  /** Investigate, repair, check, learn. */
  stages: readonly string[];
  impact: Readonly<Record<Impact, string>>;
  font: string;
}

const impacts = ['none', 'minor', 'major', 'critical', 'maintenance', 'unknown'] as const;

function read(): ChartTheme {
  const probe = document.createElement('i');
  document.documentElement.append(probe);
  const color = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color || '#808080';
  };
  const theme: ChartTheme = {
    dark: isDark(),
    ink: color('ink'),
    ink2: color('ink-2'),
    ink3: color('ink-3'),
    line: color('line'),
    lineStrong: color('line-strong'),
    canvas: color('canvas'),
    raised: color('raised'),
    sunken: color('sunken'),
    accent: color('accent'),
    good: color('good'),
    ramp: [1, 2, 3, 4, 5, 6].map((step) => color(`ramp-${step}`)),
    stages: [1, 2, 3, 4].map((step) => color(`stage-${step}`)),
    impact: Object.fromEntries(impacts.map((impact) => [impact, color(impact)])) as Record<
      Impact,
      string
    >,
    font: getComputedStyle(document.body).fontFamily || 'sans-serif',
  };
  probe.remove();
  return theme;
}

const preference = () => globalThis.matchMedia?.('(prefers-color-scheme: dark)');

export function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? (preference()?.matches ?? false) : theme === 'dark';
}

let current: ChartTheme | undefined;

function subscribe(listener: () => void): () => void {
  const changed = () => {
    current = undefined;
    listener();
  };
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const query = preference();
  query?.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    query?.removeEventListener('change', changed);
  };
}

function snapshot(): ChartTheme {
  if (!current || current.dark !== isDark()) current = read();
  return current;
}

export const useChartTheme = (): ChartTheme => useSyncExternalStore(subscribe, snapshot, snapshot);
