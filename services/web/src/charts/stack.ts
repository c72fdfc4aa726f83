// SPDX-License-Identifier: Apache-2.0
// What stacks of providers or services have in common: the services of a provider are shades of its colour, and a click in
// the legend takes one, or all of a provider, out.
import { shade } from './color';
import type { LegendItem, Names } from './shape';

export const providerOf = (id: string): string => id.split('/')[0] ?? id;

export const isHidden = (id: string, hidden: ReadonlySet<string>): boolean =>
  hidden.has(id) || hidden.has(providerOf(id));

/** The colour of one among `ids`; the same whatever of them is hidden. */
export function serviceColor(id: string, ids: readonly string[], names: Names): string {
  const same = ids.filter((each) => providerOf(each) === providerOf(id));
  return shade(names.color(id), same.indexOf(id), same.length);
}

// A legend of more services than this is longer than its drawing: then it names the providers.
const mostServices = 12;

export function legendOf(ids: readonly string[], names: Names): LegendItem[] {
  const providers = [...new Set(ids.map(providerOf))];
  if (providers.length > 1 && ids.length > mostServices) return legendOf(providers, names);
  return ids.map((id) => ({
    id,
    label: providerOf(id) === id ? names.provider(id) : names.group(id),
    color: serviceColor(id, ids, names),
  }));
}
