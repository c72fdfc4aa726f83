// SPDX-License-Identifier: Apache-2.0
// Times and lengths of time: local and human on the page, exact and UTC on hover.
import { exactSeconds, humanDuration, secondsBetween } from '../lib/duration';
import { useNow } from '../lib/now';
import { clockTime, dateTime, utc } from '../lib/time';
import { texts } from '../texts';

export const Clock = ({ at, className }: { at: string; className?: string | undefined }) => (
  <time dateTime={at} title={utc(at)} className={className}>
    {clockTime(at)}
  </time>
);

export const DateTime = ({ at }: { at: string }) => (
  <time dateTime={at} title={utc(at)}>
    {dateTime(at)}
  </time>
);

export const Lasting = ({ seconds }: { seconds: number }) => (
  <span className="num" title={exactSeconds(seconds)}>
    {humanDuration(seconds)}
  </span>
);

export function agoText(at: string, now: number): string {
  const seconds = secondsBetween(at, new Date(now));
  return seconds < 8 ? texts.justNow : texts.ago(humanDuration(seconds));
}

export function Ago({ at, say = (text) => text }: { at: string; say?: (ago: string) => string }) {
  return (
    <time dateTime={at} title={utc(at)}>
      {say(agoText(at, useNow()))}
    </time>
  );
}
