// SPDX-License-Identifier: Apache-2.0
// Says how many incidents arrived above while the reader is further down. The browser keeps the rows in sight where they
// are (scroll anchoring); this leads up to the new ones.
import { useEffect, useRef, useState } from 'react';
import type { Incident } from '../../api/models';
import { Sign } from '../../components/Glyphs';
import { texts } from '../../texts';
import styles from './Arrivals.module.css';

const topPx = 320;

/** Give it a new key when the list becomes another one (other filters). */
export function Arrivals({ incidents }: { incidents: readonly Incident[] }) {
  const seen = useRef(new Set<string>());
  const [arrived, setArrived] = useState(0);

  useEffect(() => {
    const look = () => {
      // What stands below everything seen so far was loaded by the reader, it did not arrive.
      const upTo = incidents.findLastIndex(({ id }) => seen.current.has(id));
      const read = window.scrollY < topPx ? incidents : incidents.slice(upTo + 1);
      for (const { id } of read) seen.current.add(id);
      setArrived(incidents.filter(({ id }) => !seen.current.has(id)).length);
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, [incidents]);

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
