// SPDX-License-Identifier: Apache-2.0
// The numbers of a drawing, each with the way to the incidents behind it.
import { Link } from '@tanstack/react-router';
import type { AnalysisSearch } from '../api/analysisFilters';
import type { Table, TableCell } from '../charts/shape';
import styles from './DataTable.module.css';

interface DataTableProps {
  table: Table;
  label: string;
  /** Which incidents a cell of the table leads to. */
  behind: CellQuery;
}

/** An analysis and its query: what a cell is a part of. */
export interface CellQuery {
  id: string;
  search: AnalysisSearch;
}

function Words({ cell: { text, cell }, behind }: { cell: TableCell; behind: CellQuery }) {
  if (cell === undefined) return text;
  return (
    <Link
      to="/analyses/$id/incidents"
      params={{ id: behind.id }}
      search={{ ...behind.search, cell }}
      className={styles.link ?? ''}
    >
      {text}
    </Link>
  );
}

export function DataTable({ table, label, behind }: DataTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.scroll} tabIndex={0} aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {table.head.map((name, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their place
              <th key={at} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.key} data-part={row.part || undefined}>
              {row.cells.map((each, at) =>
                at === 0 ? (
                  <th key={row.key} scope="row" title={each.title}>
                    <Words cell={each} behind={behind} />
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their place
                  <td key={at} title={each.title}>
                    <Words cell={each} behind={behind} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
