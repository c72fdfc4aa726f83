// SPDX-License-Identifier: Apache-2.0
// What a view says when it has nothing to show: empty, unreachable, refused, broken.
import type { ReactNode } from 'react';
import { ApiError } from '../api/client';
import { texts } from '../texts';
import styles from './Message.module.css';

interface MessageProps {
  title: string;
  hint?: string | undefined;
  alert?: boolean;
  /** The heading's level: 1 where the message is the whole view. */
  level?: 1 | 2;
  children?: ReactNode;
}

export function Message({ title, hint, alert = false, level = 2, children }: MessageProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={styles.message} role={alert ? 'alert' : undefined}>
      <svg className={styles.sign} viewBox="0 0 96 24" aria-hidden="true">
        <path className={styles.line} d="M2 12h34M60 12h34" />
        <path className={styles.gap} d="M42 20 54 4" />
      </svg>
      <Heading className={styles.title}>{title}</Heading>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children && <p className={styles.actions}>{children}</p>}
    </div>
  );
}

function wordsFor(error: Error): { title: string; hint: string } {
  const { unreachable, unreachableHint, notReady, keepsTrying, refused } = texts.errors;
  if (!(error instanceof ApiError)) return { title: unreachable, hint: unreachableHint };
  if (error.status < 500 && error.status !== 429) return { title: refused, hint: error.message };
  return { title: notReady, hint: keepsTrying(error.message) };
}

export function ErrorMessage({ error, retry }: { error: Error; retry: () => void }) {
  const { title, hint } = wordsFor(error);
  return (
    <Message alert title={title} hint={navigator.onLine ? hint : `${texts.errors.offline} ${hint}`}>
      <button type="button" className={styles.button} onClick={retry}>
        {texts.errors.retry}
      </button>
    </Message>
  );
}

export function CrashMessage() {
  return (
    <Message alert level={1} title={texts.errors.broken} hint={texts.errors.brokenHint}>
      <button type="button" className={styles.button} onClick={() => window.location.reload()}>
        {texts.errors.reload}
      </button>
    </Message>
  );
}
