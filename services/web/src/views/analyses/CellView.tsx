// SPDX-License-Identifier: Apache-2.0
// The incidents behind one number of an analysis.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { cellQuery } from '../../api/analyses';
import { fromAnalysisSearch, toAnalysisSearch, toRequest } from '../../api/analysisFilters';
import { Sign } from '../../components/Glyphs';
import { IncidentRows } from '../../components/IncidentRows';
import { ErrorMessage, Message } from '../../components/Message';
import { useLastError } from '../../components/useLastError';
import { roughNow } from '../../lib/now';
import { oneLine } from '../../lib/text';
import { texts } from '../../texts';
import styles from './CellView.module.css';
import { queryWords } from './queryWords';
import { useDescriptors, useNames } from './useAnalyses';

/** "group:<provider>/<service>;gt:60" in words. */
function cellWords(cell: string, group: (id: string) => string): string[] {
  return cell.split(';').map((part) => {
    const at = part.indexOf(':');
    const [name, value] = [part.slice(0, at), part.slice(at + 1)];
    const words = texts.cell.value(name, value) ?? value.split(',').map(group).join(', ');
    return texts.cell.part(name, words);
  });
}

export function CellView() {
  const { id } = useParams({ from: '/analyses/$id/incidents' });
  const search = useSearch({ from: '/analyses/$id/incidents' });
  const { names, catalog } = useNames();
  const filters = useMemo(() => fromAnalysisSearch(search), [search]);
  const request = useMemo(() => toRequest(filters, roughNow()), [filters]);
  const cell = search.cell ?? '';
  const list = useInfiniteQuery({ ...cellQuery(id, request, cell), enabled: cell !== '' });
  const error = useLastError(list);
  const title = useDescriptors().data?.analyses.find((each) => each.id === id)?.title ?? id;
  const incidents = useMemo(
    () => list.data?.pages.flatMap((page) => page.incidents) ?? [],
    [list.data],
  );
  const total = list.data?.pages[0]?.total;
  const back = (
    <Link
      to="/analyses/$id"
      params={{ id }}
      search={toAnalysisSearch(filters)}
      className={styles.back ?? ''}
    >
      <Sign name="back" />
      {oneLine(title, 80)}
    </Link>
  );

  useEffect(() => {
    document.title = texts.app.title(`${texts.cell.title}: ${title}`);
  }, [title]);

  return (
    <div className={styles.view}>
      {back}
      <header className={styles.head}>
        <h1 className={styles.title}>
          {total === undefined ? texts.cell.title : texts.cell.total(total)}
        </h1>
        <p className={styles.words} data-testid="cell-total" data-total={total}>
          {cell !== '' &&
            cellWords(oneLine(cell, 200), names.group).map((words) => (
              <span key={words} className={styles.part}>
                {words}
              </span>
            ))}
          {queryWords(filters, names.group).map((words) => (
            <span key={words} className={styles.query}>
              {words}
            </span>
          ))}
        </p>
      </header>
      {cell === '' && <Message title={texts.cell.missing} />}
      {error && <ErrorMessage error={error} retry={() => void list.refetch()} />}
      {list.isPending && cell !== '' && !error && (
        <p role="status" className={styles.words}>
          {texts.cell.loading}
        </p>
      )}
      {total === 0 && <Message title={texts.cell.none} />}
      {incidents.length > 0 && (
        <IncidentRows
          incidents={incidents}
          catalog={catalog}
          total={total ?? incidents.length}
          more={list.hasNextPage}
          loading={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      )}
    </div>
  );
}
