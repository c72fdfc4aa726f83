// SPDX-License-Identifier: Apache-2.0
// Names and colours of groups, from the catalog; an id that it does not know stands for itself.
import type { Catalog } from '../components/ProviderName';
import { cssColor } from '../lib/text';
import { mix } from './color';
import type { Names } from './shape';

export function namesOf(catalog: Catalog, dark: boolean): Names {
  const provider = (id: string) => catalog.provider.get(id)?.name ?? id;
  const service = (id: string) => catalog.service.get(id)?.name ?? id;
  // "API" says nothing alone; "ChatGPT" does.
  const often = new Map<string, number>();
  for (const { name } of catalog.service.values()) often.set(name, (often.get(name) ?? 0) + 1);
  const group = (id: string): string => {
    const found = catalog.service.get(id);
    if (!found) return catalog.provider.has(id) ? provider(id) : id;
    const maker = provider(found.provider);
    const plain = /^(api|console|playground|platform|labs|website|app|rest api|grpc api)$/i;
    const alone = (often.get(found.name) ?? 0) < 2 && !plain.test(found.name);
    return alone || found.name.includes(maker) ? found.name : `${maker} ${found.name}`;
  };
  const color = (id: string): string => {
    const own = cssColor(catalog.provider.get(id.split('/')[0] ?? id)?.color) ?? '#7d8288';
    return dark ? mix(own, '#ffffff', 0.12) : own;
  };
  return { provider, service, group, color, providers: catalog.providers };
}
