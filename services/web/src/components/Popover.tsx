// SPDX-License-Identifier: Apache-2.0
// A button and the panel that it opens under itself; closed by Escape and by leaving it.
import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useId,
  useRef,
  useState,
} from 'react';
import { Sign, type SignName } from './Glyphs';
import styles from './Popover.module.css';

interface PopoverProps {
  label: string;
  /** What the button is called by where the label does not say enough. */
  name?: string | undefined;
  /** Instead of the label's words. */
  sign?: SignName;
  /** What is chosen, after the label. */
  words?: string | undefined;
  align?: 'start' | 'end';
  /** The panel is a list: less room around its parts, and on phones in the button too. */
  dense?: boolean;
  children: ReactNode | ((close: () => void, focusButton: () => void) => ReactNode);
}

export function Popover(props: PopoverProps) {
  const { label, name, sign, words, align = 'start', dense, children } = props;
  const [open, setOpen] = useState(false);
  const panelId = useId();
  const button = useRef<HTMLButtonElement>(null);

  const focusButton = () => button.current?.focus();
  const close = () => {
    setOpen(false);
    focusButton();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    close();
  };
  const onBlur = (event: FocusEvent<HTMLDivElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only closes the panel that its button opened
    <div
      className={styles.place}
      data-dense={dense || undefined}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      <button
        ref={button}
        type="button"
        className={sign ? styles.icon : styles.button}
        data-chosen={words !== undefined || undefined}
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        aria-label={sign ? label : name}
        title={sign ? label : undefined}
        onClick={() => setOpen(!open)}
      >
        {sign ? (
          <Sign name={sign} />
        ) : (
          <>
            <span className={styles.label}>{label}</span>
            {words && <span className={styles.words}>{words}</span>}
            <Sign name="chevron" className={styles.chevron} />
          </>
        )}
      </button>
      {open && (
        // Focusable, so that a click on its empty parts does not count as leaving it.
        <div id={panelId} className={styles.panel} data-align={align} tabIndex={-1}>
          {typeof children === 'function' ? children(close, focusButton) : children}
        </div>
      )}
    </div>
  );
}
