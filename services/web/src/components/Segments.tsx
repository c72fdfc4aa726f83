// SPDX-License-Identifier: Apache-2.0
// A choice of one among few, side by side; a list where there are many.
import { useId } from 'react';
import styles from './Segments.module.css';

interface SegmentsProps {
  label: string;
  options: readonly { value: string; label: string }[];
  value: string;
  onChange: (value: string) => void;
  small?: boolean;
}

// More, or with longer names, are wider than a telephone.
const mostSegments = 5;
const mostLetters = 42;

export function Segments({ label, options, value, onChange, small = false }: SegmentsProps) {
  const name = useId();
  const letters = options.reduce((sum, option) => sum + option.label.length, 0);
  if (options.length > mostSegments || letters > mostLetters) {
    return (
      <label className={styles.list} data-small={small || undefined}>
        <span className="visually-hidden">{label}</span>
        <select value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </label>
    );
  }
  return (
    <fieldset className={styles.segments} data-small={small || undefined}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
