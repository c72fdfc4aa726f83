// SPDX-License-Identifier: Apache-2.0
// What the page wrote, newest first.
import { useState } from 'react';
import type { Update } from '../../api/models';
import { Markdown } from '../../components/Markdown';
import { DateTime } from '../../components/When';
import { plainText } from '../../lib/text';
import { texts } from '../../texts';
import styles from './Updates.module.css';

const longChars = 3000;

function Body({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const body = plainText(text);
  if (body === '') return <p className={styles.none}>{texts.incident.emptyUpdate}</p>;
  const long = body.length > longChars;
  return (
    <>
      <Markdown text={long && !all ? `${body.slice(0, longChars)}…` : body} />
      {long && (
        <button type="button" className={styles.toggle} onClick={() => setAll(!all)}>
          {all
            ? texts.incident.showLess
            : texts.incident.showAll(body.length.toLocaleString('en-GB'))}
        </button>
      )}
    </>
  );
}

export function Updates({ updates }: { updates: Update[] | undefined }) {
  return (
    <section aria-labelledby="updates" aria-busy={updates === undefined}>
      <h2 id="updates" className={styles.heading}>
        {texts.incident.updates}
      </h2>
      {updates?.length === 0 && <p className={styles.none}>{texts.incident.noUpdates}</p>}
      <ol className={styles.list}>
        {updates?.map((update, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: counted from the oldest, a place never changes
          <li key={updates.length - index} className={styles.update}>
            <p className={styles.meta}>
              <b>{texts.status[update.status] ?? update.status}</b>
              <DateTime at={update.at} />
            </p>
            <Body text={update.body} />
          </li>
        ))}
      </ol>
    </section>
  );
}
