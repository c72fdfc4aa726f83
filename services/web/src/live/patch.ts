// SPDX-License-Identifier: Apache-2.0
// What a batch of live events does to a loaded incident list. Pure: the same list and events give the same result.
import { type Filters, matches } from '../api/filters';
import type { Incident, IncidentEvent, IncidentList } from '../api/models';
import { type IncidentPages, pageSize } from '../api/queries';
import { byNewest, listTime } from '../lib/order';

export interface Patched {
  data: IncidentPages;
  added: string[];
  changed: string[];
  /** True when only the server can tell the rest (text search, or a total that may have moved). */
  ask: boolean;
}

/** The event's incident as the list holds it: without its updates. */
function listed(event: IncidentEvent): Incident {
  const { changed: _changed, updates: _updates, ...incident } = event.data;
  return incident;
}

function replaceAll(pages: IncidentList[], change: (incidents: Incident[]) => Incident[]) {
  return pages.map((page) => {
    const incidents = change(page.incidents);
    return incidents === page.incidents ? page : { ...page, incidents };
  });
}

/** The pages with the incident in its place; undefined where it is not to be shown now. */
function insert(pages: IncidentList[], incident: Incident): IncidentList[] | undefined {
  for (const [index, page] of pages.entries()) {
    const at = page.incidents.findIndex((other) => byNewest(incident, other) < 0);
    const isEnd = index === pages.length - 1 && !page.next_cursor;
    if (at < 0 && !isEnd) continue;
    // While a history is being collected hundreds arrive at once: the list stays one that a browser likes to draw.
    if (page.incidents.length >= 2 * pageSize) return undefined;
    const incidents = [...page.incidents];
    incidents.splice(at < 0 ? incidents.length : at, 0, incident);
    return pages.with(index, { ...page, incidents });
  }
  return undefined; // older than what is loaded: it comes with "Load more"
}

export function patchList(
  data: IncidentPages,
  filters: Filters,
  events: readonly IncidentEvent[],
): Patched {
  let pages = data.pages;
  let moved = 0;
  const result: Patched = { data, added: [], changed: [], ask: false };
  const changeable =
    filters.service.length + filters.impact.length + filters.status.length > 0 ||
    filters.ongoing ||
    filters.from !== undefined ||
    filters.to !== undefined ||
    filters.q !== '';

  // Where an incident stands in another order than the list's own, only the server knows.
  const ordered = filters.sort === '-started_at';

  for (const event of events) {
    const incident = listed(event);
    const known = pages.flatMap((page) => page.incidents).find((other) => other.id === incident.id);
    if (known && known.revision >= incident.revision) continue;
    const belongs =
      (filters.withdrawn || event.type !== 'fails.incident.withdrawn') &&
      matches(filters, incident);
    if (!ordered && !(known && belongs)) {
      result.ask = true;
      continue;
    }
    result.ask ||= !ordered;

    if (known && belongs && (!ordered || listTime(known) === listTime(incident))) {
      pages = replaceAll(pages, (incidents) => {
        const at = incidents.indexOf(known);
        return at < 0 ? incidents : incidents.with(at, incident);
      });
      result.changed.push(incident.id);
      continue;
    }
    if (known) {
      pages = replaceAll(pages, (incidents) =>
        incidents.includes(known) ? incidents.filter((other) => other !== known) : incidents,
      );
      moved -= 1;
    }
    // An incident that is not among the loaded ones may be in the list further down; only the server knows.
    const unsure = changeable || incident.revision === 1;
    if (!belongs) {
      result.ask ||= !known && (changeable || event.type === 'fails.incident.withdrawn');
      continue;
    }
    const inserted = filters.q !== '' && !known ? undefined : insert(pages, incident);
    if (inserted) {
      pages = inserted;
      (known ? result.changed : result.added).push(incident.id);
      moved += 1;
    } else if (known) {
      moved += 1; // still counted, but moved below what is loaded
    } else {
      result.ask ||= unsure;
    }
  }

  if (pages !== data.pages || moved !== 0) {
    result.data = {
      ...data,
      pages: pages.map((page) => ({ ...page, total: Math.max(0, page.total + moved) })),
    };
  }
  return result;
}
