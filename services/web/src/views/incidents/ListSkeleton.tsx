// SPDX-License-Identifier: Apache-2.0
import { texts } from '../../texts';
import styles from './Skeleton.module.css';

/** The place of the table while it is loaded, as high as its rows will be. */
export function ListSkeleton() {
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">{texts.incidents.loading}</span>
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change their order
        <div key={index} className={styles.ghost} aria-hidden="true">
          <i />
          <i />
          <i />
          <i />
        </div>
      ))}
    </div>
  );
}
