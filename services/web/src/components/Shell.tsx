// SPDX-License-Identifier: Apache-2.0
// What is around every view: the bar on top, the catalog's notice, the voice for screen readers.
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { providersQuery } from '../api/queries';
import { useAnnouncement } from '../live/announce';
import { LiveProvider } from '../live/LiveProvider';
import { texts } from '../texts';
import { Connection } from './Connection';
import styles from './Shell.module.css';
import { ThemeSwitch } from './ThemeSwitch';

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

export function Shell() {
  return (
    <>
      <a className={styles.skip} href="#content">
        {texts.app.skip}
      </a>
      <header className={styles.bar}>
        <div className={styles.inner}>
          <Link to="/incidents" search={{}} className={styles.name ?? ''}>
            <svg className={styles.logo} viewBox="0 0 24 16" aria-hidden="true">
              <path className={styles.line} d="M1.500 8h6.200M16.300 8h6.200" />
              <path className={styles.gap} d="M9.300 12.500 14.700 3.500" />
            </svg>
            {texts.app.name}
          </Link>
          <p className={styles.tagline}>{texts.app.tagline}</p>
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
      <Voice />
      <LiveProvider />
    </>
  );
}
