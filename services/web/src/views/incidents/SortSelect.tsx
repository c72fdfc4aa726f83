// SPDX-License-Identifier: Apache-2.0
// The order of the list where it has no heads of columns to click on: on a telephone.
import { type Sort, sorts } from '../../api/filters';
import { texts } from '../../texts';
import styles from './SortSelect.module.css';

export function SortSelect({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  return (
    <label className={styles.sort}>
      <span className="visually-hidden">{texts.incidents.sort}</span>
      <select
        value={sort}
        onChange={({ target }) => onSort(sorts.find((each) => each === target.value) ?? sort)}
      >
        {sorts.map((each) => (
          <option key={each} value={each}>
            {texts.incidents.sorts[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
