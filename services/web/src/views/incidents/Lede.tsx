// SPDX-License-Identifier: Apache-2.0
import { Link } from '@tanstack/react-router';
import { type Filters, isFiltered, toSearch } from '../../api/filters';
import { openNow, useOpenNow } from '../../components/useOpenNow';
import { zone, zoneOffset } from '../../lib/time';
import { texts } from '../../texts';
import styles from './Lede.module.css';

/** The heading, the two numbers (how many are open now, how many are known) and the zone of all times below. */
export function Lede({ filters, total }: { filters: Filters; total: number | undefined }) {
  const open = useOpenNow();
  return (
    <div className={styles.lede}>
      <h1 className={styles.title}>{texts.incidents.title}</h1>
      <p className={styles.numbers}>
        {open !== undefined && open > 0 && (
          <Link to="/incidents" search={toSearch(openNow)} className={styles.open ?? ''}>
            {texts.incidents.openNow(open)}
          </Link>
        )}
        {open === 0 && <span>{texts.incidents.openNow(0)}</span>}
        {total !== undefined && (
          <span className="num" data-testid="total">
            {isFiltered(filters) ? texts.incidents.found(total) : texts.incidents.recorded(total)}
          </span>
        )}
      </p>
      <p className={styles.zone}>{texts.zone.named(zone, zoneOffset(new Date()))}</p>
    </div>
  );
}
