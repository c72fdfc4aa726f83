// SPDX-License-Identifier: Apache-2.0
// A command or an example, with a button that copies it.
import { useState } from 'react';
import { announce } from '../live/announce';
import { texts } from '../texts';
import styles from './Copyable.module.css';
import { Sign } from './Glyphs';

export function Copyable({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
        announce(texts.copied);
        setTimeout(() => setCopied(false), 2000);
      },
      () => setCopied(false),
    );
  return (
    <section className={styles.box} aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre className={styles.text} tabIndex={0}>
        <code>{text}</code>
      </pre>
      {navigator.clipboard && (
        <button
          type="button"
          className={styles.copy}
          aria-label={`${texts.copy}: ${label}`}
          title={copied ? texts.copied : texts.copy}
          onClick={copy}
        >
          <Sign name={copied ? 'check' : 'copy'} />
        </button>
      )}
    </section>
  );
}
