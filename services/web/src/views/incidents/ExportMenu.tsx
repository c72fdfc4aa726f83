// SPDX-License-Identifier: Apache-2.0
// The files of what the filters choose, made by the API.
import { apiUrl } from '../../api/client';
import { type Filters, toParams } from '../../api/filters';
import { Popover } from '../../components/Popover';
import { addDays } from '../../lib/zoned';
import { texts } from '../../texts';
import styles from './ExportMenu.module.css';

const words = texts.incidents.exports;

export function ExportMenu({ filters }: { filters: Filters }) {
  const { sort: _sort, ...params } = toParams(filters);
  const days = {
    provider: params.provider,
    service: params.service,
    // Calendars have days, not times; the last one is not included.
    from: filters.from,
    to: filters.to === undefined ? undefined : addDays(filters.to, 1),
  };
  const files = [
    { url: apiUrl('exports/incidents.csv', params), label: words.incidentsCsv },
    { url: apiUrl('exports/incidents.ndjson', params), label: words.incidentsNdjson },
    { url: apiUrl('exports/outage-days.csv', days), label: words.daysCsv },
    { url: apiUrl('exports/outage-days.ndjson', days), label: words.daysNdjson },
  ];
  return (
    <Popover label={words.label} align="end">
      <p className={styles.hint}>{words.hint}</p>
      <ul className={styles.files}>
        {files.map(({ url, label }) => (
          <li key={label}>
            <a href={url} download="">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
