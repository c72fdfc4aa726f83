// SPDX-License-Identifier: Apache-2.0
// Says how many incidents arrived above while the reader is further down. The browser keeps the rows in sight where they
// are (scroll anchoring); this leads up to the new ones.
import { useEffect, useRef, useState } from 'react';
import type { Incident } from '../../api/models';
import { Sign } from '../../components/Glyphs';
import { texts } from '../../texts';
import styles from './Arrivals.module.css';

const topPx = 320;

export function Arrivals({ incidents }: { incidents: readonly Incident[] }) {
  const newest = incidents[0]?.id;
  const seen = useRef(newest);
  const [arrived, setArrived] = useState(0);

  useEffect(() => {
    if (window.scrollY < topPx) {
      seen.current = newest;
      setArrived(0);
      return;
    }
    const at = incidents.findIndex((incident) => incident.id === seen.current);
    setArrived(Math.max(at, 0));
  }, [incidents, newest]);

  useEffect(() => {
    const onScroll = () => {
      if (window.scrollY >= topPx) return;
      seen.current = newest;
      setArrived(0);
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, [newest]);

  if (arrived === 0) return null;
  return (
    <div className={styles.place}>
      <button
        type="button"
        className={styles.pill}
        onClick={() => window.scrollTo({ top: 0, behavior: 'smooth' })}
      >
        <Sign name="up" />
        {texts.live.arrived(arrived)}
      </button>
    </div>
  );
}
