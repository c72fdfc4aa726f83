// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from 'react';
import { texts } from '../texts';
import { Sign } from './Glyphs';
import styles from './SearchBox.module.css';

const typingMs = 250;

/** A text field that tells its value when the typing pauses. `value` may also change from outside (the URL). */
export function SearchBox({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const [text, setText] = useState(value);
  const told = useRef(value);
  const tell = useRef(onChange);

  useEffect(() => {
    tell.current = onChange;
  }, [onChange]);

  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);

  useEffect(() => {
    if (text.trim() === told.current.trim()) return;
    const timer = setTimeout(() => {
      told.current = text.trim();
      tell.current(told.current);
    }, typingMs);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div className={styles.box}>
      <Sign name="search" className={styles.sign} />
      <input
        type="search"
        className={styles.input}
        aria-label={texts.filters.search}
        placeholder={texts.filters.search}
        value={text}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
      {text !== '' && (
        <button
          type="button"
          className={styles.clear}
          aria-label={texts.filters.clearSearch}
          onClick={() => setText('')}
        >
          <Sign name="close" />
        </button>
      )}
    </div>
  );
}
