// SPDX-License-Identifier: Apache-2.0
// The row's drawing: how long (logarithmic, a minute to a week) and in which stages, strongest while nobody knew why.
// Decoration for the eye: the same is said in words beside it.
import type { Incident } from '../api/models';
import { useNow } from '../lib/now';
import { logShare, plannedSeconds, trackOf } from '../lib/track';
import styles from './StageTrack.module.css';

export function StageTrack({ incident }: { incident: Incident }) {
  const track = trackOf(incident, useNow());
  const width = logShare(track.seconds) * 100;
  const planned = track.pieces.length === 0 ? plannedSeconds(incident) : undefined;
  const posted = Object.keys(incident.stages).length > 0;
  let x = 0;
  return (
    <svg className={styles.track} aria-hidden="true" data-impact={incident.impact}>
      <rect className={styles.ground} width="100%" height="1" y="50%" />
      {planned !== undefined && (
        <rect
          className={styles.planned}
          width={`${logShare(planned) * 100}%`}
          height="100%"
          rx="2"
        />
      )}
      {track.seconds === 0 && posted && (
        <rect className={styles.resolved} width="4" height="100%" rx="1.500" />
      )}
      {track.pieces.map((piece) => {
        const share = track.seconds === 0 ? 0 : (piece.seconds / track.seconds) * width;
        const from = x;
        x += share;
        return share === 0 ? null : (
          <rect
            key={piece.stage}
            className={styles[piece.stage]}
            x={`${from}%`}
            width={`${share}%`}
            height="100%"
            rx="1.500"
          />
        );
      })}
      {track.ongoing && <circle className={styles.head} cx={`${width}%`} cy="50%" r="4" />}
    </svg>
  );
}
