// SPDX-License-Identifier: Apache-2.0
// An incident's life as consecutive pieces, one per stage that was posted, from its start to its end or to now.
import type { Incident, Stage } from '../api/models';
import { secondsBetween } from './duration';

export interface Piece {
  stage: Stage;
  from: string;
  seconds: number;
}

export interface Track {
  pieces: Piece[];
  seconds: number;
  ongoing: boolean;
}

const drawn: readonly Stage[] = ['investigating', 'identified', 'monitoring', 'resolved'];

export function trackOf(incident: Incident, now: number): Track {
  const posted = drawn
    .flatMap((stage) => {
      const at = incident.stages[stage];
      return at === undefined ? [] : [{ stage, at }];
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const end = incident.ongoing ? new Date(now).toISOString() : posted.at(-1)?.at;
  const pieces = posted.flatMap(({ stage, at }, index) => {
    const until = posted[index + 1]?.at ?? end;
    // What follows "resolved" is no part of the incident, unless the stages stand in the wrong order.
    return until === undefined || (stage === 'resolved' && index === posted.length - 1)
      ? []
      : [{ stage, from: at, seconds: secondsBetween(at, until) }];
  });
  const seconds = pieces.reduce((sum, piece) => sum + piece.seconds, 0);
  return { pieces, seconds, ongoing: incident.ongoing };
}

/** How long a maintenance is planned to take; undefined where no end is known. */
export function plannedSeconds({ scheduled_for, scheduled_until }: Incident): number | undefined {
  return scheduled_for && scheduled_until
    ? secondsBetween(scheduled_for, scheduled_until)
    : undefined;
}

const week = 7 * 24 * 3600;

/** Where a length stands between a minute and a week on a logarithmic scale: 0.04 to 1. */
export const logShare = (seconds: number): number =>
  Math.min(1, Math.max(0.04, Math.log(Math.max(seconds, 60) / 60) / Math.log(week / 60)));
