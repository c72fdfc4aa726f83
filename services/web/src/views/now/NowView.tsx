// SPDX-License-Identifier: Apache-2.0
// How every service does at this moment, by provider.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { toSearch } from '../../api/filters';
import type { ServiceState, StatusList } from '../../api/models';
import { pagesQuery, statusQuery } from '../../api/queries';
import { ErrorMessage, Message } from '../../components/Message';
import { useCatalog } from '../../components/ProviderName';
import { useLastError } from '../../components/useLastError';
import { openNow, useOpenNow } from '../../components/useOpenNow';
import { zone, zoneOffset } from '../../lib/time';
import { texts } from '../../texts';
import styles from './NowView.module.css';
import { ProviderGroup } from './ProviderGroup';
import { useCalendars } from './useCalendars';

function Sentence({ summary }: { summary: StatusList['summary'] }) {
  const { services, troubled, unknown } = summary;
  const open = useOpenNow();
  return (
    <>
      <h1 className={styles.sentence} data-troubled={troubled > 0 || undefined}>
        {troubled > 0
          ? texts.now.troubled(troubled, services)
          : unknown === services
            ? texts.now.allUnknown
            : texts.now.fine(services - unknown, unknown)}
      </h1>
      <p className={styles.sub}>
        {unknown > 0 && unknown < services && <span>{texts.now.unknown(unknown)}</span>}
        {open !== undefined && open > 0 && (
          <Link to="/incidents" search={toSearch(openNow)}>
            {texts.now.open(open)}
          </Link>
        )}
        <span>{texts.zone.named(zone, zoneOffset(new Date()))}</span>
      </p>
    </>
  );
}

export function NowView() {
  const status = useQuery(statusQuery);
  const pages = useQuery(pagesQuery).data?.pages;
  const catalog = useCatalog();
  const calendars = useCalendars('90');
  const error = useLastError(status);

  useEffect(() => {
    document.title = texts.app.title(texts.now.title);
  }, []);

  const groups = useMemo(() => {
    const byProvider = new Map<string, ServiceState[]>();
    for (const state of status.data?.services ?? []) {
      byProvider.set(state.provider, [...(byProvider.get(state.provider) ?? []), state]);
    }
    return [...byProvider];
  }, [status.data]);

  return (
    <div className={styles.view} aria-busy={!status.data}>
      {status.data && <Sentence summary={status.data.summary} />}
      {!status.data && !error && (
        <>
          <h1 className={styles.sentence}>{texts.now.loading}</h1>
          <p className={styles.sub}> </p>
          <div className={styles.ghosts} aria-hidden="true">
            {[1, 2, 3].map((ghost) => (
              <div key={ghost} className={styles.ghost} />
            ))}
          </div>
        </>
      )}
      {status.isError && status.data && (
        <p className={styles.stale} role="status">
          {texts.incidents.stale}
        </p>
      )}
      {error && (
        <>
          <h1 className="visually-hidden">{texts.now.title}</h1>
          <ErrorMessage error={error} retry={() => void status.refetch()} />
        </>
      )}
      {status.data && groups.length === 0 && (
        <Message title={texts.now.empty} hint={texts.now.emptyHint} />
      )}
      <div className={styles.groups}>
        {groups.map(([provider, states]) => (
          <ProviderGroup
            key={provider}
            provider={provider}
            states={states}
            catalog={catalog}
            pages={pages?.filter((page) => page.provider === provider) ?? []}
            calendars={calendars}
          />
        ))}
      </div>
      {groups.length > 0 && <p className={styles.note}>{texts.now.note}</p>}
    </div>
  );
}
