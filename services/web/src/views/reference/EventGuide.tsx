// SPDX-License-Identifier: Apache-2.0
// How to be told of every change, with commands for this very gateway.
import { Copyable } from '../../components/Copyable';
import { useCatalog } from '../../components/ProviderName';
import { texts } from '../../texts';
import { commands } from './commands';
import styles from './ReferenceView.module.css';

const words = texts.reference.events;

export function EventGuide() {
  const { providers } = useCatalog();
  // Some that this installation watches.
  const some = providers.slice(0, 2).map(({ id }) => id);
  return (
    <section id="events-guide" aria-labelledby="events-guide-h" className={styles.tag}>
      <h2 id="events-guide-h" className={styles.tagName}>
        {words.title}
      </h2>
      <p className={styles.prose}>{words.intro}</p>
      <ol className={styles.steps}>
        {commands(some).map(({ title, hint, text }) => (
          <li key={title}>
            <h3 className={styles.summary}>{title}</h3>
            <p className={styles.prose}>{hint}</p>
            <Copyable text={text} label={title} />
          </li>
        ))}
      </ol>
    </section>
  );
}
