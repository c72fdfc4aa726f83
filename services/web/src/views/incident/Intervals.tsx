// SPDX-License-Identifier: Apache-2.0
// When which service was affected, where the platform states it.
import type { ImpactInterval, Incident } from '../../api/models';
import { type Catalog, serviceName } from '../../components/ProviderName';
import { StateWord } from '../../components/StateWord';
import { DateTime, Lasting } from '../../components/When';
import { secondsBetween } from '../../lib/duration';
import { useNow } from '../../lib/now';
import { oneLine } from '../../lib/text';
import { texts } from '../../texts';
import styles from './Intervals.module.css';
import section from './Section.module.css';

/** From the first to the last moment that is drawn, in milliseconds. */
function spanOf(incident: Incident, intervals: readonly ImpactInterval[], now: number) {
  const times = [
    ...intervals.flatMap(({ from, to }) => [Date.parse(from), to ? Date.parse(to) : now]),
    ...Object.values(incident.stages)
      .slice(0, 4)
      .map((at) => Date.parse(at)),
  ].filter((time) => !Number.isNaN(time));
  const first = Math.min(...times);
  return { first, length: Math.max(1, Math.max(...times) - first) };
}

export function Intervals({ incident, catalog }: { incident: Incident; catalog: Catalog }) {
  const now = useNow();
  const intervals = incident.impact_intervals ?? [];
  if (intervals.length === 0) return null;
  const { first, length } = spanOf(incident, intervals, now);
  const share = (at: number) => `${(100 * (at - first)) / length}%`;
  return (
    <section aria-labelledby="intervals">
      <h2 id="intervals" className={section.heading}>
        {texts.incident.intervals}
      </h2>
      <p className={section.hint}>{texts.incident.intervalsHint}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{texts.filters.service}</th>
            <th scope="col">{texts.incident.level}</th>
            <th scope="col">{texts.incident.from}</th>
            <th scope="col">{texts.incident.to}</th>
            <th scope="col">{texts.incident.untilNext}</th>
          </tr>
        </thead>
        <tbody>
          {intervals.map((interval) => {
            const { service, from, to, level } = interval;
            const end = to ? Date.parse(to) : now;
            return (
              <tr key={`${service} ${from} ${level}`} data-service-state={level}>
                <th scope="row">
                  <bdi>{oneLine(serviceName(service, catalog), 100)}</bdi>
                  <svg className={styles.bar} aria-hidden="true">
                    <rect className={styles.ground} width="100%" height="1" y="50%" />
                    <rect
                      className={styles.piece}
                      x={share(Date.parse(from))}
                      width={share(first + Math.max(end - Date.parse(from), length / 200))}
                      height="100%"
                      rx="2"
                    />
                  </svg>
                </th>
                <td>
                  <StateWord state={level} />
                </td>
                <td>
                  <DateTime at={from} />
                </td>
                <td>{to ? <DateTime at={to} /> : texts.incident.open}</td>
                <td>
                  <Lasting seconds={secondsBetween(from, new Date(end))} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
