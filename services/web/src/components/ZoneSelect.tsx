// SPDX-License-Identifier: Apache-2.0
// A choice among all time zones. Their hundreds are only made when one turns to it.
import { useState } from 'react';
import { browserZone } from '../lib/time';
import styles from './ZoneSelect.module.css';

interface ZoneSelectProps {
  label: string;
  value: string;
  onChange: (zone: string) => void;
}

export function ZoneSelect({ label, value, onChange }: ZoneSelectProps) {
  const [all, setAll] = useState(false);
  const first = [...new Set([value, 'UTC', browserZone])];
  const zones = all ? [...new Set([...first, ...Intl.supportedValuesOf('timeZone')])] : first;
  return (
    <label className={styles.zone}>
      {label}
      <select
        value={value}
        onFocus={() => setAll(true)}
        onChange={({ target }) => onChange(target.value)}
      >
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
    </label>
  );
}
