// SPDX-License-Identifier: Apache-2.0
// The last days of a service in one line: the worse a day was, the taller and darker its mark. A click leads to the
// incidents of the day.
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { percent } from '../charts/format';
import { type DayLevel, type DayValue, dayLevels } from '../lib/calendar';
import { zone } from '../lib/time';
import { dayWords } from '../lib/zoned';
import { texts } from '../texts';
import styles from './Strip.module.css';

const heights: Record<DayLevel, number> = { fine: 12, minor: 16, major: 20, critical: 24, none: 3 };

function path(days: readonly DayValue[], level: DayLevel): string {
  const height = heights[level];
  return days
    .flatMap((day, at) =>
      day.level === level ? [`M${at + 0.1} ${24 - height}h.8v${height}h-.8z`] : [],
    )
    .join('');
}

/** Where the incidents of a service's day are listed. */
export const dayLink = (service: string, date: string, period: '90' | '365') => ({
  to: '/analyses/$id/incidents' as const,
  params: { id: 'daily-availability' },
  search: {
    period,
    ...(zone !== 'UTC' && { tz: zone }),
    cell: `group:${service};date:${date}`,
  },
});

const wordsOf = (day: DayValue): string =>
  `${dayWords(day.date)}: ${day.value === null ? texts.strip.nothing : texts.strip.value(percent(day.value, 3))}`;

export function Strip({ service, days }: { service: string; days: readonly DayValue[] }) {
  const navigate = useNavigate();
  const [at, setAt] = useState<number>();
  const bad = days.filter(({ level }) => level !== 'fine' && level !== 'none').length;
  const hovered = at === undefined ? undefined : days[at];
  const place = (event: React.MouseEvent<SVGSVGElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(days.length - 1, Math.floor(((event.clientX - left) / width) * days.length));
  };
  if (days.length === 0) return <p className={styles.nothing}>{texts.strip.noRecord}</p>;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the service's page lists the days for the keyboard
    <svg
      className={styles.strip}
      viewBox={`0 0 ${days.length} 24`}
      preserveAspectRatio="none"
      role="img"
      aria-label={texts.strip.words(days.length, bad)}
      data-clickable={
        (hovered && hovered.level !== 'fine' && hovered.level !== 'none') || undefined
      }
      onMouseMove={(event) => setAt(place(event))}
      onMouseLeave={() => setAt(undefined)}
      onClick={(event) => {
        const day = days[place(event)];
        if (!day || day.level === 'fine' || day.level === 'none') return;
        void navigate(dayLink(service, day.date, '90'));
      }}
    >
      <title>{hovered ? wordsOf(hovered) : texts.strip.words(days.length, bad)}</title>
      <rect width={days.length} height="24" fill="transparent" />
      {dayLevels.map((level) => (
        <path key={level} className={styles[level]} d={path(days, level)} />
      ))}
    </svg>
  );
}
