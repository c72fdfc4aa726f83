// SPDX-License-Identifier: Apache-2.0
// How to listen to this very gateway, as commands: nothing here is a text, and nothing to translate.
import { texts } from '../../texts';

export interface Command {
  title: string;
  hint: string;
  text: string;
}

export function commands(providers: readonly string[]): Command[] {
  const words = texts.reference.events;
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
