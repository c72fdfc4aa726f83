// SPDX-License-Identifier: Apache-2.0
// One filter of the bar: a button that says what is chosen, and a panel of check boxes under it.
import type { ReactNode } from 'react';
import { texts } from '../texts';
import styles from './FacetMenu.module.css';
import { Popover } from './Popover';

export interface FacetOption {
  value: string;
  label: string;
  sign?: ReactNode;
}

export interface FacetGroup {
  label?: string;
  sign?: ReactNode;
  /** The heading chooses all of the group at once. */
  whole?: boolean;
  options: FacetOption[];
}

interface FacetMenuProps {
  label: string;
  groups: FacetGroup[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  align?: 'start' | 'end';
  /** The button does not say what is chosen, and there is no way to choose nothing. */
  plain?: boolean;
}

export function FacetMenu(props: FacetMenuProps) {
  const { label, groups, chosen, onChange, align = 'start', plain = false } = props;
  const options = groups.flatMap((group) => group.options);
  const first = options.find((option) => chosen.includes(option.value))?.label ?? chosen[0];
  const words =
    first === undefined || plain
      ? undefined
      : chosen.length === 1
        ? first
        : texts.filters.more(first, chosen.length - 1);

  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((v) => v !== value) : [...chosen, value]);

  const toggleAll = (group: FacetGroup) => {
    const values = group.options.map((option) => option.value);
    const rest = chosen.filter((value) => !values.includes(value));
    onChange(values.every((value) => chosen.includes(value)) ? rest : [...rest, ...values]);
  };

  return (
    <Popover
      label={label}
      name={words || plain ? undefined : texts.filters.any(label)}
      words={words}
      align={align}
      dense
    >
      {(_close, focusButton) => (
        <>
          {groups.map((group, index) => (
            <fieldset key={group.label ?? index} className={styles.group}>
              <legend className={group.label ? styles.legend : 'visually-hidden'}>
                {group.whole ? (
                  <button type="button" className={styles.whole} onClick={() => toggleAll(group)}>
                    {group.sign}
                    {group.label}
                  </button>
                ) : (
                  (group.label ?? label)
                )}
              </legend>
              {group.options.map((option) => (
                <label key={option.value} className={styles.option}>
                  <input
                    type="checkbox"
                    checked={chosen.includes(option.value)}
                    onChange={() => toggle(option.value)}
                  />
                  {option.sign}
                  {option.label}
                </label>
              ))}
            </fieldset>
          ))}
          {chosen.length > 0 && !plain && (
            <button
              type="button"
              className={styles.clear}
              onClick={() => {
                onChange([]);
                focusButton();
              }}
            >
              {texts.filters.clearOne}
            </button>
          )}
        </>
      )}
    </Popover>
  );
}
