// SPDX-License-Identifier: Apache-2.0
import { type Theme, themes, useTheme } from '../lib/theme';
import { texts } from '../texts';
import { Sign, type SignName } from './Glyphs';
import styles from './ThemeSwitch.module.css';

const signs: Record<Theme, SignName> = { system: 'half', light: 'sun', dark: 'moon' };

export function ThemeSwitch() {
  const [theme, setTheme] = useTheme();
  return (
    <fieldset className={styles.switch}>
      <legend className="visually-hidden">{texts.theme.label}</legend>
      {themes.map((each) => (
        <label key={each} className={styles.option} title={texts.theme[each]}>
          <input
            type="radio"
            name="theme"
            className="visually-hidden"
            value={each}
            checked={theme === each}
            onChange={() => setTheme(each)}
          />
          <Sign name={signs[each]} />
          <span className="visually-hidden">{texts.theme[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}
