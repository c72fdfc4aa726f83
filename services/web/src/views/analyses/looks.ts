// SPDX-License-Identifier: Apache-2.0
// How one chart is looked at, as a word in the address: "view:cumulative,scale:linear,table:on,hide:x".
import type { Choice, Chosen } from '../../charts/shape';

export interface Look {
  table: boolean;
  chosen: Chosen;
  hidden: ReadonlySet<string>;
}

export const plainLook: Look = { table: false, chosen: {}, hidden: new Set() };

export function parseLook(text: string | undefined): Look {
  const chosen: Record<string, string> = {};
  let table = false;
  let hidden = new Set<string>();
  for (const part of (text ?? '').slice(0, 1000).split(',')) {
    const at = part.indexOf(':');
    const [name, value] = [part.slice(0, at), part.slice(at + 1)];
    if (at < 1 || value === '') continue;
    if (name === 'table') table = value === 'on';
    else if (name === 'hide') hidden = new Set(value.split('~'));
    else if (/^[a-z]{1,20}$/.test(name)) chosen[name] = value;
  }
  return { table, chosen, hidden };
}

export function writeLook(look: Look): string | undefined {
  const parts = Object.entries(look.chosen).map(([name, value]) => `${name}:${value}`);
  if (look.table) parts.push('table:on');
  if (look.hidden.size > 0) parts.push(`hide:${[...look.hidden].join('~')}`);
  return parts.length === 0 ? undefined : parts.join(',');
}

/** What is chosen, with the default (the first option) where nothing valid is. */
export function resolve(choices: readonly Choice[], chosen: Chosen): Chosen {
  return Object.fromEntries(
    choices.flatMap(({ name, options }) => {
      const value = options.find((option) => option.value === chosen[name]) ?? options[0];
      return value ? [[name, value.value]] : [];
    }),
  );
}
