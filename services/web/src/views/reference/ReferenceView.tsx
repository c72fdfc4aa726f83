// SPDX-License-Identifier: Apache-2.0
// The REST contract as the gateway publishes it, made readable here: the known renderers need inline styles or eval,
// which the content security policy forbids.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getText } from '../../api/client';
import { ErrorMessage } from '../../components/Message';
import { useLastError } from '../../components/useLastError';
import { texts } from '../../texts';
import { EventGuide } from './EventGuide';
import { OperationView, SchemaView } from './OperationView';
import { readOpenApi } from './openapi';
import styles from './ReferenceView.module.css';
import { Words } from './Words';

const words = texts.reference;

const documentQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: async ({ signal }) => {
    const [source, { parse }] = await Promise.all([
      getText('openapi.yaml', signal),
      import('yaml'),
    ]);
    return readOpenApi(parse(source));
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** A link to a schema opens it. */
function openTarget(): void {
  const target = document.getElementById(window.location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
  target?.scrollIntoView();
}

export function ReferenceView() {
  const contract = useQuery(documentQuery);
  const error = useLastError(contract);
  const { data } = contract;

  useEffect(() => {
    document.title = texts.app.title(words.title);
  }, []);

  useEffect(() => {
    if (!data) return;
    openTarget();
    window.addEventListener('hashchange', openTarget);
    return () => window.removeEventListener('hashchange', openTarget);
  }, [data]);

  return (
    <div className={styles.view}>
      <nav className={styles.index} aria-label={words.index}>
        <ul className={styles.topics}>
          <li>
            <a href="#events-guide">{words.events.title}</a>
          </li>
          {data?.tags.map((tag) => (
            <li key={tag.name}>
              <a href={`#tag-${tag.name}`}>{tag.name}</a>
              <ul>
                {tag.operations.map((operation) => (
                  <li key={operation.id}>
                    <a href={`#${operation.id}`}>{operation.summary}</a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
          {data && (
            <li>
              <a href="#schemas">{words.schemas}</a>
            </li>
          )}
        </ul>
      </nav>
      <div className={styles.body}>
        <header className={styles.head}>
          <h1 className={styles.title}>{words.title}</h1>
          {data && (
            <>
              <p className={styles.lede}>{data.summary}</p>
              <Words text={data.description} className={styles.prose} />
              <p className={styles.prose}>
                <a href="/api/v1/openapi.yaml">{words.source(data.version)}</a>
              </p>
            </>
          )}
        </header>
        {error && <ErrorMessage error={error} retry={() => void contract.refetch()} />}
        {!data && !error && (
          <p role="status" className={styles.prose}>
            {words.loading}
          </p>
        )}
        <EventGuide />
        {data?.tags.map((tag) => (
          <section
            key={tag.name}
            id={`tag-${tag.name}`}
            className={styles.tag}
            aria-labelledby={`tag-${tag.name}-h`}
          >
            <h2 id={`tag-${tag.name}-h`} className={styles.tagName}>
              {tag.name}
            </h2>
            <Words text={tag.description} className={styles.prose} />
            {tag.operations.map((operation) => (
              <OperationView key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
        {data && (
          <section id="schemas" className={styles.tag} aria-labelledby="schemas-h">
            <h2 id="schemas-h" className={styles.tagName}>
              {words.schemas}
            </h2>
            {data.schemas.map((schema) => (
              <SchemaView key={schema.name} schema={schema} />
            ))}
          </section>
        )}
      </div>
    </div>
  );
}
