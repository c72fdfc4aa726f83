// SPDX-License-Identifier: Apache-2.0
import { type FacetName, type Filters, isFiltered, noFilters } from '../../api/filters';
import { type Impact, impacts, type Status, statuses } from '../../api/models';
import { FacetMenu } from '../../components/FacetMenu';
import { ImpactGlyph } from '../../components/Glyphs';
import { Popover } from '../../components/Popover';
import { type Catalog, ProviderMark } from '../../components/ProviderName';
import { SearchBox } from '../../components/SearchBox';
import { dayWords } from '../../lib/zoned';
import { texts } from '../../texts';
import styles from './FilterBar.module.css';

interface FilterBarProps {
  filters: Filters;
  catalog: Catalog;
  onChange: (filters: Filters) => void;
}

export function FilterBar({ filters, catalog, onChange }: FilterBarProps) {
  const set = (name: FacetName) => (values: string[]) => onChange({ ...filters, [name]: values });
  const offered = catalog.providers.filter(
    ({ id }) => filters.provider.length === 0 || filters.provider.includes(id),
  );
  const period =
    filters.from === undefined && filters.to === undefined
      ? undefined
      : texts.analyses.bar.range(
          filters.from && dayWords(filters.from),
          filters.to && dayWords(filters.to),
        );
  return (
    <search className={styles.bar} aria-label={texts.filters.label}>
      <div className={styles.search}>
        <SearchBox value={filters.q} onChange={(q) => onChange({ ...filters, q })} />
      </div>
      <FacetMenu
        label={texts.filters.provider}
        chosen={filters.provider}
        onChange={set('provider')}
        groups={[
          {
            options: catalog.providers.map(({ id, name, color }) => ({
              value: id,
              label: name,
              sign: <ProviderMark color={color} />,
            })),
          },
        ]}
      />
      <FacetMenu
        label={texts.filters.service}
        chosen={filters.service}
        onChange={set('service')}
        groups={offered.map(({ name, services }) => ({
          label: name,
          options: services.map((service) => ({ value: service.id, label: service.name })),
        }))}
      />
      <FacetMenu
        label={texts.filters.impact}
        chosen={filters.impact}
        onChange={set('impact')}
        groups={[
          {
            options: impacts.map((impact: Impact) => ({
              value: impact,
              label: texts.impact[impact],
              sign: (
                <span className={styles.tone} data-impact={impact}>
                  <ImpactGlyph impact={impact} />
                </span>
              ),
            })),
          },
        ]}
      />
      <FacetMenu
        label={texts.filters.status}
        chosen={filters.status}
        onChange={set('status')}
        groups={[
          {
            options: statuses.map((status: Status) => ({
              value: status,
              label: texts.status[status],
            })),
          },
        ]}
      />
      <Popover label={texts.filters.period} words={period}>
        <label className={styles.field}>
          {texts.filters.from}
          <input
            type="date"
            value={filters.from ?? ''}
            max={filters.to}
            onChange={({ target }) => onChange({ ...filters, from: target.value || undefined })}
          />
        </label>
        <label className={styles.field}>
          {texts.filters.to}
          <input
            type="date"
            value={filters.to ?? ''}
            min={filters.from}
            onChange={({ target }) => onChange({ ...filters, to: target.value || undefined })}
          />
        </label>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={filters.withdrawn}
            onChange={() => onChange({ ...filters, withdrawn: !filters.withdrawn })}
          />
          {texts.filters.withdrawn}
        </label>
      </Popover>
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={filters.ongoing}
        onClick={() => onChange({ ...filters, ongoing: !filters.ongoing })}
      >
        {texts.filters.ongoing}
      </button>
      {isFiltered(filters) && (
        <button
          type="button"
          className={styles.clear}
          onClick={() => onChange({ ...noFilters, sort: filters.sort })}
        >
          {texts.filters.clear}
        </button>
      )}
    </search>
  );
}
