// SPDX-License-Identifier: Apache-2.0
// The API key for what needs one. It stays in this page's memory: no storage, no address.
import { useId } from 'react';
import { texts } from '../../texts';
import styles from './SourcesView.module.css';

export function KeyField({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const id = useId();
  return (
    <div className={styles.key}>
      <label htmlFor={id}>{texts.sources.key}</label>
      <input
        id={id}
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={({ target }) => onChange(target.value.trim())}
        aria-describedby={`${id}-hint`}
      />
      <span id={`${id}-hint`}>{texts.sources.keyHint}</span>
    </div>
  );
}
