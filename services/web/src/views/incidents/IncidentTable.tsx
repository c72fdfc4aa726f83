// SPDX-License-Identifier: Apache-2.0
// The incidents as a table: by day as long as they stand in the order of their beginnings, sorted by the server.
import {
  flexRender,
  getCoreRowModel,
  type Header,
  type Row,
  type SortingState,
  useReactTable,
} from '@tanstack/react-table';
import { memo, useMemo } from 'react';
import type { Sort } from '../../api/filters';
import type { Incident } from '../../api/models';
import { Sign } from '../../components/Glyphs';
import type { Catalog } from '../../components/ProviderName';
import { useNow } from '../../lib/now';
import { dayName } from '../../lib/time';
import { useMark } from '../../live/marks';
import { texts } from '../../texts';
import { columnIds, columns } from './columns';
import { groupByDay } from './days';
import styles from './IncidentTable.module.css';

function DayHeading({ at, span }: { at: string | undefined; span: number }) {
  const now = useNow();
  const day = at === undefined ? undefined : dayName(at, new Date(now));
  return (
    <tr className={styles.day}>
      <th scope="rowgroup" colSpan={span}>
        <h2>
          {day?.relative && <strong>{texts.incidents[day.relative]}</strong>}
          <span>{day?.name ?? texts.incidents.undated}</span>
        </h2>
      </th>
    </tr>
  );
}

const IncidentRow = memo(function IncidentRow(props: {
  row: Row<Incident>;
  template: string;
  /** Drawn anew when these change, though the row is the same. */
  incident: Incident;
  catalog: Catalog;
}) {
  const { row, template, incident } = props;
  const mark = useMark(incident.id);
  return (
    <tr
      className={styles.row}
      style={{ gridTemplateColumns: template }}
      data-mark={mark}
      data-ongoing={incident.ongoing || undefined}
      data-incident={incident.id}
    >
      {row.getVisibleCells().map((cell) => (
        <td key={cell.id} data-column={cell.column.id}>
          {flexRender(cell.column.columnDef.cell, cell.getContext())}
        </td>
      ))}
    </tr>
  );
});

function Heading({
  header,
  sort,
  onSort,
}: {
  header: Header<Incident, unknown>;
  sort: Sort;
  onSort: (sort: Sort) => void;
}) {
  const { meta, header: name } = header.column.columnDef;
  const key = meta?.sort;
  const words = typeof name === 'string' ? name : header.column.id;
  if (!key) {
    return (
      <th scope="col" data-column={header.column.id}>
        {words}
      </th>
    );
  }
  const down = sort === `-${key}`;
  const up = sort === key;
  return (
    <th
      scope="col"
      data-column={header.column.id}
      aria-sort={down ? 'descending' : up ? 'ascending' : 'none'}
    >
      <button
        type="button"
        className={styles.sort}
        data-active={down || up || undefined}
        onClick={() => onSort(down ? key : `-${key}`)}
      >
        {words}
        <Sign name={up ? 'up' : 'down'} />
      </button>
    </th>
  );
}

interface IncidentTableProps {
  incidents: readonly Incident[];
  catalog: Catalog;
  busy: boolean;
  sort: Sort;
  onSort: (sort: Sort) => void;
  shown: readonly string[];
}

export function IncidentTable(props: IncidentTableProps) {
  const { incidents, catalog, busy, sort, onSort, shown } = props;
  const byDay = sort.endsWith('started_at');
  const data = useMemo(() => [...incidents], [incidents]);
  const sorting: SortingState = [{ id: sort.replace('-', ''), desc: sort.startsWith('-') }];
  const table = useReactTable({
    data,
    columns,
    getCoreRowModel: getCoreRowModel(),
    getRowId: ({ id }) => id,
    manualSorting: true,
    meta: { catalog, byDay },
    state: {
      sorting,
      columnVisibility: Object.fromEntries(columnIds.map((id) => [id, shown.includes(id)])),
    },
  });
  const visible = table.getVisibleLeafColumns();
  const template = visible
    .map(({ id, columnDef }) =>
      id === 'started' && !byDay ? '9.5rem' : (columnDef.meta?.width ?? 'auto'),
    )
    .join(' ');
  const groups = useMemo(
    () => (byDay ? groupByDay(data) : [{ key: 'all', at: undefined, incidents: data }]),
    [byDay, data],
  );
  const rows = table.getRowModel().rowsById;
  return (
    <section className={styles.list} aria-label={texts.incidents.table} aria-busy={busy}>
      <table className={styles.table} data-wide={visible.length > 7 || undefined}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} className={styles.head} style={{ gridTemplateColumns: template }}>
              {group.headers.map((header) => (
                <Heading key={header.id} header={header} sort={sort} onSort={onSort} />
              ))}
            </tr>
          ))}
        </thead>
        {groups.map((group) => (
          <tbody key={group.key}>
            {byDay && <DayHeading at={group.at} span={visible.length} />}
            {group.incidents.map((incident) => {
              const row = rows[incident.id];
              return row ? (
                <IncidentRow
                  key={incident.id}
                  row={row}
                  template={template}
                  incident={incident}
                  catalog={catalog}
                />
              ) : null;
            })}
          </tbody>
        ))}
      </table>
    </section>
  );
}
