// SPDX-License-Identifier: Apache-2.0
// Which charts have the whole width of a page of two columns.
import type { AnalysisDescriptor } from '../../api/models';

const wide: ReadonlySet<string> = new Set([
  'availability',
  'summary',
  'quality',
  'timeline',
  'trend',
]);

/** Those that are wide by nature, and the last of the others where it would stand beside nothing. */
export function wideOnes(list: readonly AnalysisDescriptor[]): ReadonlySet<string> {
  const narrow = list.filter(({ shape }) => !wide.has(shape));
  const lone = narrow.length % 2 === 1 ? narrow.at(-1) : undefined;
  return new Set(list.filter((each) => wide.has(each.shape) || each === lone).map(({ id }) => id));
}
