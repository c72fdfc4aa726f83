// SPDX-License-Identifier: Apache-2.0
// Every status page that is read: how its collection does, and a way to have it read now.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Page } from '../../api/models';
import { pagesQuery } from '../../api/queries';
import { HealthGlyph, Sign } from '../../components/Glyphs';
import { ErrorMessage, Message } from '../../components/Message';
import { type Catalog, ProviderName, useCatalog } from '../../components/ProviderName';
import { useLastError } from '../../components/useLastError';
import { Ago } from '../../components/When';
import { humanDuration } from '../../lib/duration';
import { oneLine, spaced, webUrl } from '../../lib/text';
import { texts } from '../../texts';
import { KeyField } from './KeyField';
import { PollButton } from './PollButton';
import styles from './SourcesView.module.css';

const words = texts.sources;

function When({ at }: { at: string | undefined }) {
  return at === undefined ? <>–</> : <Ago at={at} />;
}

function SourceRow({ page, catalog, apiKey }: { page: Page; catalog: Catalog; apiKey: string }) {
  const { health } = page;
  const url = webUrl(page.url);
  const { detected_platform: detected, redirected_to: redirected, backfill } = health;
  return (
    <tr data-page={page.id} data-state={health.state}>
      <th scope="row">
        <ProviderName id={page.provider} catalog={catalog} />
        <span className={styles.host}>
          {url ? (
            <a href={url} rel="noopener noreferrer nofollow" target="_blank">
              {new URL(url).host} <Sign name="out" />
            </a>
          ) : (
            oneLine(page.url, 80)
          )}
        </span>
      </th>
      <td data-label={words.state}>
        <span className={styles.state}>
          <HealthGlyph state={health.state} />
          {page.status === 'dormant'
            ? words.dormant
            : (words.health[health.state] ?? spaced(health.state))}
        </span>
        {health.consecutive_failures > 0 && (
          <span className={styles.failures}>{words.failures(health.consecutive_failures)}</span>
        )}
        {health.last_error !== '' && (
          <bdi className={styles.error}>{oneLine(health.last_error, 240)}</bdi>
        )}
        {detected !== '' && (
          <span className={styles.error}>{words.detected(spaced(detected))}</span>
        )}
        {redirected !== '' && (
          <bdi className={styles.error}>{words.redirected(oneLine(redirected, 100))}</bdi>
        )}
      </td>
      <td data-label={words.lastPoll}>
        <When at={health.last_attempt_at} />
      </td>
      <td data-label={words.lastAnswer}>
        <When at={health.last_success_at} />
      </td>
      <td data-label={words.lastChange}>
        <When at={health.last_change_at} />
      </td>
      <td data-label={words.platform}>
        {spaced(page.platform)}
        <span className={styles.failures}>{words.every(humanDuration(page.interval_seconds))}</span>
      </td>
      <td data-label={words.history}>
        {backfill ? (
          <>
            <span title={backfill.last_error === '' ? undefined : oneLine(backfill.last_error)}>
              {words.backfill[backfill.state] ?? spaced(backfill.state)}
            </span>
            <span className={styles.failures}>
              {words.documents(backfill.documents, backfill.pending)}
            </span>
          </>
        ) : (
          '–'
        )}
      </td>
      <td className={styles.act}>
        <PollButton page={page.id} apiKey={apiKey} disabled={page.status === 'dormant'} />
      </td>
    </tr>
  );
}

export function SourcesView() {
  const pages = useQuery(pagesQuery);
  const catalog = useCatalog();
  const error = useLastError(pages);
  const [apiKey, setApiKey] = useState('');
  const all = pages.data?.pages;
  const fine = all?.filter(({ health }) => health.state === 'ok').length ?? 0;

  useEffect(() => {
    document.title = texts.app.title(words.label);
  }, []);

  return (
    <div className={styles.view}>
      <header className={styles.head}>
        <h1 className={styles.title}>{words.label}</h1>
        <p className={styles.sub}>{all ? words.summary(fine, all.length) : ' '}</p>
      </header>
      <p className={styles.intro}>{words.intro}</p>
      {error && <ErrorMessage error={error} retry={() => void pages.refetch()} />}
      {pages.isError && all && (
        <p className={styles.stale} role="status">
          {texts.incidents.stale}
        </p>
      )}
      {!all && !error && (
        <div className={styles.ghost} role="status">
          <span className="visually-hidden">{words.loading}</span>
        </div>
      )}
      {all?.length === 0 && <Message title={words.empty} hint={words.emptyHint} />}
      {all && all.length > 0 && (
        <>
          <KeyField value={apiKey} onChange={setApiKey} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, so the keyboard must reach it */}
          <section className={styles.scroll} tabIndex={0} aria-label={words.table}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{words.page}</th>
                  <th scope="col">{words.state}</th>
                  <th scope="col">{words.lastPoll}</th>
                  <th scope="col">{words.lastAnswer}</th>
                  <th scope="col">{words.lastChange}</th>
                  <th scope="col">{words.platform}</th>
                  <th scope="col">{words.history}</th>
                  <th scope="col">
                    <span className="visually-hidden">{words.act}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {all.map((page) => (
                  <SourceRow key={page.id} page={page} catalog={catalog} apiKey={apiKey} />
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </div>
  );
}
