// SPDX-License-Identifier: Apache-2.0
// How to be told of every change, with commands for this very gateway.
import { Copyable } from '../../components/Copyable';
import { useCatalog } from '../../components/ProviderName';
import { texts } from '../../texts';
import styles from './ReferenceView.module.css';

const words = texts.reference.events;

function commands(providers: readonly string[]): { title: string; hint: string; text: string }[] {
  const url = `${window.location.origin}/api/v1/events`;
  return [
    { title: words.curl, hint: words.curlHint, text: `curl -N '${url}'` },
    {
      title: words.filter,
      hint: words.filterHint,
      text: `curl -N '${url}?provider=${providers.join(',')}&type=opened,resolved'`,
    },
    {
      title: words.resume,
      hint: words.resumeHint,
      text: `curl -N -H 'Last-Event-ID: 42' '${url}'`,
    },
    {
      title: words.browser,
      hint: words.browserHint,
      text: [
        `const events = new EventSource('${url}');`,
        `events.addEventListener('fails.incident.opened', ({ data }) => {`,
        '  const { data: incident } = JSON.parse(data);',
        '  console.log(incident.provider, incident.title);',
        '});',
      ].join('\n'),
    },
    { title: words.nats, hint: words.natsHint, text: "nats sub 'fails.events.v1.>'" },
  ];
}

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
