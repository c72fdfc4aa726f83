// SPDX-License-Identifier: Apache-2.0
// The query of an analysis in few words, without what is as usual.
import type { AnalysisFilters } from '../../api/analysisFilters';
import { periodWords } from '../../lib/zoned';
import { texts } from '../../texts';

const words = texts.cell.query;

function period({ period: chosen, from, to }: AnalysisFilters): string[] {
  if (chosen === 'all') return [];
  return [
    chosen === 'custom' ? texts.analyses.bar.range(...periodWords(from, to)) : words.last[chosen],
  ];
}

export function queryWords(filters: AnalysisFilters, group: (id: string) => string): string[] {
  const { services, impact, include, basis, start, tz } = filters;
  return [
    ...period(filters),
    ...services.map(group),
    ...impact.map((each) => texts.impactLabel(texts.impact[each])),
    ...include.map((each) => words.also(texts.analyses.bar.includes[each])),
    ...(basis ? [words.basis[basis]] : []),
    ...(start === 'impact' ? [words.start] : []),
    ...(tz === 'UTC' ? [] : [words.zone(tz)]),
  ];
}
