// SPDX-License-Identifier: Apache-2.0
import { useConnection } from '../live/connection';
import { texts } from '../texts';
import styles from './Connection.module.css';

/** The state of the live stream, in a word and a sign of its own shape. */
export function Connection() {
  const state = useConnection();
  return (
    <p
      className={styles.connection}
      role="status"
      data-state={state}
      title={texts.connection.hint[state]}
    >
      <svg className={styles.sign} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {state === 'live' ? (
          <>
            <circle className={styles.wave} cx="6" cy="6" r="5" />
            <circle cx="6" cy="6" r="3.250" fill="currentColor" />
          </>
        ) : (
          <circle className={styles.ring} cx="6" cy="6" r="4.250" />
        )}
      </svg>
      {texts.connection[state]}
    </p>
  );
}
