// SPDX-License-Identifier: Apache-2.0
// A year of a service: weeks from left to right, Monday on top. Days with trouble lead to their incidents, here by a
// click and in the list below by the keyboard.
import { Link, useNavigate } from '@tanstack/react-router';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { percent } from '../charts/format';
import { type DayValue, dayLevels, weeksOf } from '../lib/calendar';
import { dayWords } from '../lib/zoned';
import { texts } from '../texts';
import { dayLink } from './Strip';
import styles from './Year.module.css';

const cell = 12;
const gap = 3;
const step = cell + gap;
const top = 16;
const left = 28;

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

interface YearProps {
  service: string;
  name: string;
  days: readonly DayValue[];
}

export function Year({ service, name, days }: YearProps) {
  const navigate = useNavigate();
  const weeks = useMemo(() => weeksOf(days), [days]);
  const bad = useMemo(
    () => days.filter(({ level }) => level !== 'fine' && level !== 'none').toReversed(),
    [days],
  );
  const months = weeks.flatMap((week, x) => {
    const first = week.find(
      (day) => day && Number(day.date.slice(8)) <= 7 && day.date.slice(8) >= '01',
    );
    const starts = first && week.some((day) => day?.date.endsWith('-01'));
    return starts ? [{ x, name: monthName.format(new Date(first.date)) }] : [];
  });
  const scroll = useRef<HTMLElement>(null);
  // Where there is no room for all, the newest are seen first.
  useLayoutEffect(() => {
    if (scroll.current && days.length > 0) scroll.current.scrollLeft = scroll.current.scrollWidth;
  }, [days.length]);
  if (days.length === 0) return <p className={styles.nothing}>{texts.strip.noRecord}</p>;
  return (
    <figure className={styles.year}>
      <section
        ref={scroll}
        className={styles.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        aria-label={texts.year.label(name)}
      >
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list below leads to the same days */}
        <svg
          className={styles.drawing}
          viewBox={`0 0 ${left + weeks.length * step} ${7 * step + top}`}
          role="img"
          aria-label={texts.strip.words(days.length, bad.length)}
          onClick={(event) => {
            const { date } = (event.target as SVGElement).dataset;
            if (date) void navigate(dayLink(service, date, '365'));
          }}
        >
          {months.map((month) => (
            <text key={month.x} className={styles.month} x={left + month.x * step} y="10">
              {month.name}
            </text>
          ))}
          {Object.entries(texts.year.weekdays).map(([y, name]) => (
            <text key={y} className={styles.month} x="0" y={top + Number(y) * step + cell - 2}>
              {name}
            </text>
          ))}
          {weeks.map((week, x) =>
            week.map((day, y) =>
              day ? (
                <rect
                  key={day.date}
                  className={styles[day.level]}
                  data-date={day.level === 'fine' || day.level === 'none' ? undefined : day.date}
                  x={left + x * step}
                  y={top + y * step}
                  width={cell}
                  height={cell}
                  rx="2.500"
                >
                  {day.level !== 'fine' && day.level !== 'none' && (
                    <title>{`${dayWords(day.date)}: ${texts.strip.value(percent(day.value, 3))}`}</title>
                  )}
                </rect>
              ) : null,
            ),
          )}
        </svg>
      </section>
      <figcaption className={styles.caption}>
        <span className={styles.keys}>
          {dayLevels.map((level) => (
            <span key={level} className={styles.key}>
              <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
                <rect className={styles[level]} width="12" height="12" rx="2.500" />
              </svg>
              {texts.year.levels[level]}
            </span>
          ))}
        </span>
        {bad.length > 0 && (
          <details>
            <summary>{texts.year.list(bad.length)}</summary>
            <ul className={styles.days}>
              {bad.map((day) => (
                <li key={day.date}>
                  <Link {...dayLink(service, day.date, '365')}>{dayWords(day.date)}</Link>{' '}
                  {percent(day.value, 2)}
                </li>
              ))}
            </ul>
          </details>
        )}
      </figcaption>
    </figure>
  );
}
