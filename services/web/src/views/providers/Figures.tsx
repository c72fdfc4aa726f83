// SPDX-License-Identifier: Apache-2.0
// The reliability of one service or provider in a line of numbers, each with what it rests on.
import type { SummaryResult } from '../../api/models';
import { duration, integer, percent } from '../../charts/format';
import { texts } from '../../texts';
import styles from './Figures.module.css';

type Group = SummaryResult['groups'][number];

interface Figure {
  name: string;
  value: string;
  note: string;
}

function figuresOf(group: Group): Figure[] {
  const words = texts.providers;
  const interval = ({ ci95, n }: Group['mttr']) =>
    ci95 ? words.interval(duration(ci95.low), duration(ci95.high), n) : words.of(n);
  return [
    ...group.availability
      .filter(({ days }) => days === 30 || days === 90 || days === 365)
      .map(({ days, availability, downtime_seconds: down }) => ({
        name: words.available(days),
        value: percent(availability, 3),
        note: words.down(duration(down)),
      })),
    {
      name: words.mttr,
      value: duration(group.mttr.value),
      note: interval(group.mttr),
    },
    {
      name: words.mtbf,
      value: duration(group.mtbf.value),
      note: interval(group.mtbf),
    },
    {
      name: words.incidents,
      value: integer(group.incidents),
      note: group.ongoing > 0 ? words.ongoing(group.ongoing) : words.noneOngoing,
    },
  ];
}

export function Figures({ group, awaited }: { group: Group | undefined; awaited: boolean }) {
  if (!group) return awaited ? <div className={styles.ghost} /> : null;
  return (
    <dl className={styles.figures}>
      {figuresOf(group).map(({ name, value, note }) => (
        <div key={name} className={styles.figure}>
          <dt>{name}</dt>
          <dd className={styles.value}>{value}</dd>
          <dd className={styles.note}>{note}</dd>
        </div>
      ))}
    </dl>
  );
}
