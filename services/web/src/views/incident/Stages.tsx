// SPDX-License-Identifier: Apache-2.0
// The stages drawn to scale, and as a table with the exact times.
import { type Incident, stages } from '../../api/models';
import { Clock, DateTime, Lasting } from '../../components/When';
import { humanDuration, secondsBetween } from '../../lib/duration';
import { useNow } from '../../lib/now';
import { dayKey } from '../../lib/time';
import { trackOf } from '../../lib/track';
import { texts } from '../../texts';
import styles from './Stages.module.css';

// A name fits under a piece that is at least this share of the whole.
const namedShare = 0.17;

function Drawing({ incident }: { incident: Incident }) {
  const track = trackOf(incident, useNow());
  const end = incident.closed_at ?? incident.resolved_at;
  const first = track.pieces[0];
  if (track.seconds === 0 || !first) return null;
  const End = end && dayKey(end) === dayKey(first.from) ? Clock : DateTime;
  const words = track.pieces
    .map((piece) => `${texts.stage[piece.stage]} ${humanDuration(piece.seconds)}`)
    .join(', ');
  return (
    <div className={styles.drawing} role="img" aria-label={texts.incident.chart(words)}>
      <div className={styles.bar} data-impact={incident.impact}>
        {track.pieces.map((piece) => (
          <div
            key={piece.stage}
            className={styles.piece}
            data-stage={piece.stage}
            style={{ flexGrow: Math.max(piece.seconds, track.seconds / 400) }}
          >
            {piece.seconds / track.seconds >= namedShare && (
              <span className={styles.name}>
                {texts.stage[piece.stage]} <b>{humanDuration(piece.seconds)}</b>
              </span>
            )}
          </div>
        ))}
        {track.ongoing && <span className={styles.head} />}
      </div>
      <p className={styles.ends}>
        <End at={first.from} />
        {track.ongoing ? <span>{texts.incident.now}</span> : end && <End at={end} />}
      </p>
    </div>
  );
}

export function Stages({ incident }: { incident: Incident }) {
  const posted = stages.flatMap((stage) => {
    const at = incident.stages[stage];
    return at === undefined ? [] : [{ stage, at }];
  });
  const lengths = new Map(
    trackOf(incident, useNow()).pieces.map((piece) => [piece.stage, piece.seconds]),
  );
  const start = incident.started_at;
  return (
    <section aria-labelledby="stages">
      <h2 id="stages" className={styles.heading}>
        {texts.incident.timeline}
      </h2>
      <Drawing incident={incident} />
      {posted.length === 0 ? (
        <p className={styles.none}>{texts.incident.noStages}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{texts.incident.stage}</th>
              <th scope="col">{texts.incident.at}</th>
              <th scope="col" className={styles.after}>
                {texts.incident.after}
              </th>
              <th scope="col">{texts.incident.untilNext}</th>
            </tr>
          </thead>
          <tbody>
            {posted.map(({ stage, at }) => {
              const length = lengths.get(stage);
              return (
                <tr key={stage}>
                  <th scope="row">
                    <span
                      className={styles.swatch}
                      data-impact={incident.impact}
                      data-stage={stage}
                    />
                    {texts.stage[stage]}
                  </th>
                  <td>
                    <DateTime at={at} />
                  </td>
                  <td className={styles.after}>
                    {start && secondsBetween(start, at) > 0 && (
                      <>
                        + <Lasting seconds={secondsBetween(start, at)} />
                      </>
                    )}
                  </td>
                  <td>{length !== undefined && <Lasting seconds={length} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
