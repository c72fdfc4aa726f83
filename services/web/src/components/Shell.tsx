// SPDX-License-Identifier: Apache-2.0
// What is around every view: the bar on top with the way to every page, the catalog's notice, the voice for screen
// readers.
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { providersQuery } from '../api/queries';
import { chooseZone, zone } from '../lib/time';
import { useAnnouncement } from '../live/announce';
import { LiveProvider } from '../live/LiveProvider';
import { texts } from '../texts';
import { Connection } from './Connection';
import styles from './Shell.module.css';
import { ThemeSwitch } from './ThemeSwitch';
import { ZoneSelect } from './ZoneSelect';

function Notice() {
  const { data } = useQuery(providersQuery);
  if (!data?.notice) return null;
  return (
    <section className={styles.notice} aria-label={texts.notice.label}>
      <p>{data.notice}</p>
    </section>
  );
}

function Voice() {
  const sentence = useAnnouncement();
  return (
    <p className="visually-hidden" aria-live="polite" aria-atomic="true">
      {sentence}
    </p>
  );
}

const pages = [
  { to: '/', words: texts.nav.now, exact: true },
  { to: '/analyses', words: texts.nav.analyses, exact: false },
  { to: '/incidents', words: texts.nav.incidents, exact: false },
  { to: '/providers', words: texts.nav.providers, exact: false },
  { to: '/sources', words: texts.nav.sources, exact: false },
  { to: '/reference', words: texts.nav.api, exact: false },
] as const;

function Pages() {
  return (
    <nav className={styles.nav} aria-label={texts.nav.label}>
      <ul>
        {pages.map(({ to, words, exact }) => (
          <li key={to}>
            <Link
              to={to}
              search={{}}
              className={styles.page ?? ''}
              activeOptions={{ exact, includeSearch: false }}
            >
              {words}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Foot() {
  return (
    <footer className={styles.foot}>
      <ZoneSelect label={texts.zone.label} value={zone} onChange={chooseZone} />
      <span>{texts.app.footer}</span>
    </footer>
  );
}

export function Shell() {
  return (
    <>
      <a className={styles.skip} href="#content">
        {texts.app.skip}
      </a>
      <header className={styles.bar}>
        <div className={styles.inner}>
          <Link to="/" className={styles.name ?? ''}>
            <svg className={styles.logo} viewBox="0 0 24 16" aria-hidden="true">
              <path className={styles.line} d="M1.500 8h6.200M16.300 8h6.200" />
              <path className={styles.gap} d="M9.300 12.500 14.700 3.500" />
            </svg>
            {texts.app.name}
          </Link>
          <Pages />
          <div className={styles.tools}>
            <Connection />
            <ThemeSwitch />
          </div>
        </div>
      </header>
      <Notice />
      <main id="content" className={styles.content} tabIndex={-1}>
        <Outlet />
      </main>
      <Foot />
      <Voice />
      <LiveProvider />
    </>
  );
}
