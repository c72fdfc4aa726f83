// SPDX-License-Identifier: Apache-2.0
// The columns of the incident table. Which are shown stands in the address, where it is not the usual choice.

import { Link } from '@tanstack/react-router';
import { createColumnHelper, type RowData } from '@tanstack/react-table';
import { type FilterSearch, fromSearch, toSearch } from '../../api/filters';
import type { Incident } from '../../api/models';
import { ImpactWord } from '../../components/ImpactWord';
import { type Catalog, ProviderName, serviceNames } from '../../components/ProviderName';
import { StageTrack } from '../../components/StageTrack';
import { Clock, DateTime, Lasting } from '../../components/When';
import { secondsBetween } from '../../lib/duration';
import { useNow } from '../../lib/now';
import { listTime } from '../../lib/order';
import { oneLine } from '../../lib/text';
import { plannedSeconds } from '../../lib/track';
import { texts } from '../../texts';
import styles from './IncidentTable.module.css';

declare module '@tanstack/react-table' {
  interface ColumnMeta<TData extends RowData, TValue> {
    width: string;
    /** By which the API can sort. */
    sort?: 'started_at' | 'updated_at';
  }
  interface TableMeta<TData extends RowData> {
    catalog: Catalog;
    /** Rows stand under their day, so that a time needs no date. */
    byDay: boolean;
  }
}

function Length({ incident }: { incident: Incident }) {
  const now = useNow();
  if (incident.ongoing && incident.started_at) {
    return <Lasting seconds={secondsBetween(incident.started_at, new Date(now))} />;
  }
  const seconds = incident.duration_seconds ?? plannedSeconds(incident);
  return seconds === undefined ? null : <Lasting seconds={seconds} />;
}

function What({ incident, catalog }: { incident: Incident; catalog: Catalog }) {
  const services =
    incident.services.length === 0
      ? texts.incidents.noServices
      : serviceNames(incident.services, incident.provider, catalog);
  return (
    <>
      <h3 className={styles.title}>
        <Link
          to="/incidents/$provider/$nativeId"
          params={{ provider: incident.provider, nativeId: incident.native_id }}
          className={styles.link ?? ''}
        >
          <bdi>{oneLine(incident.title) || texts.incidents.untitled}</bdi>
        </Link>
      </h3>
      <p className={styles.where}>
        <ProviderName id={incident.provider} catalog={catalog} />
        <span className={styles.services}>{services}</span>
      </p>
    </>
  );
}

const words = texts.incidents.columns;
const helper = createColumnHelper<Incident>();

export const columns = [
  helper.display({
    id: 'started',
    header: words.started,
    meta: { width: '3.75rem', sort: 'started_at' },
    cell: ({ row, table }) => {
      const at = listTime(row.original);
      if (at === undefined) return null;
      return table.options.meta?.byDay ? <Clock at={at} /> : <DateTime at={at} />;
    },
  }),
  helper.display({
    id: 'impact',
    header: words.impact,
    meta: { width: '7.25rem' },
    cell: ({ row }) => <ImpactWord impact={row.original.impact} />,
  }),
  helper.display({
    id: 'incident',
    header: words.incident,
    enableHiding: false,
    meta: { width: 'minmax(0, 1fr)' },
    cell: ({ row, table }) =>
      table.options.meta && <What incident={row.original} catalog={table.options.meta.catalog} />,
  }),
  helper.display({
    id: 'stages',
    header: words.stages,
    meta: { width: 'clamp(5rem, 13vw, 12rem)' },
    cell: ({ row }) => <StageTrack incident={row.original} />,
  }),
  helper.display({
    id: 'status',
    header: words.status,
    meta: { width: '7rem' },
    cell: ({ row }) => (
      <span className={styles.status}>
        {texts.status[row.original.status] ?? row.original.status}
      </span>
    ),
  }),
  helper.display({
    id: 'duration',
    header: words.duration,
    meta: { width: '6rem' },
    cell: ({ row }) => <Length incident={row.original} />,
  }),
  helper.display({
    id: 'ended',
    header: words.ended,
    meta: { width: '9.5rem' },
    cell: ({ row }) => row.original.closed_at && <DateTime at={row.original.closed_at} />,
  }),
  helper.display({
    id: 'updated',
    header: words.updated,
    meta: { width: '9.5rem', sort: 'updated_at' },
    cell: ({ row }) => row.original.updated_at && <DateTime at={row.original.updated_at} />,
  }),
  helper.display({
    id: 'flags',
    header: words.flags,
    meta: { width: '11rem' },
    cell: ({ row }) => (
      <span title={row.original.flags.map(texts.flag).join(' ')}>
        {row.original.flags.map((flag) => flag.replaceAll('_', ' ')).join(', ')}
      </span>
    ),
  }),
  helper.display({
    id: 'revision',
    header: words.revision,
    meta: { width: '4.5rem' },
    cell: ({ row }) => <span className="num">{row.original.revision}</span>,
  }),
  helper.display({
    id: 'id',
    header: words.id,
    meta: { width: '11rem' },
    cell: ({ row }) => <code className={styles.id}>{row.original.id}</code>,
  }),
];

export const usual: readonly string[] = [
  'started',
  'impact',
  'incident',
  'stages',
  'status',
  'duration',
];

export const columnIds: readonly string[] = columns.map(({ id }) => id ?? '');

/** The columns of the address; the usual ones where it names none. */
export function shownColumns(text: string | undefined): string[] {
  const named = (text ?? '').split(',');
  const shown = columnIds.filter((id) => id === 'incident' || named.includes(id));
  return text === undefined || shown.length < 2 ? [...usual] : shown;
}

export type ListSearch = FilterSearch & { columns?: string };

export function listSearch(search: Record<string, unknown>): ListSearch {
  const text = typeof search.columns === 'string' ? search.columns : undefined;
  const shown = shownColumns(text);
  const differs = shown.join() !== usual.join();
  return { ...toSearch(fromSearch(search)), ...(differs && { columns: shown.join(',') }) };
}
