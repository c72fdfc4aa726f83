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

const mostSegments = 5;

export function Segments({ label, options, value, onChange, small = false }: SegmentsProps) {
  const name = useId();
  if (options.length > mostSegments) {
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
