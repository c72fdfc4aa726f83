// SPDX-License-Identifier: Apache-2.0
// What the analyses look at, in one bar; every choice stands in the address.
import {
  type AnalysisFilters,
  type Compare,
  canCompareTime,
  type Include,
  includes,
  noAnalysisFilters,
  periods,
  toAnalysisSearch,
} from '../../api/analysisFilters';
import { type Impact, impacts } from '../../api/models';
import { FacetMenu } from '../../components/FacetMenu';
import { ImpactGlyph } from '../../components/Glyphs';
import { Popover } from '../../components/Popover';
import { type Catalog, ProviderMark } from '../../components/ProviderName';
import { Segments } from '../../components/Segments';
import { ZoneSelect } from '../../components/ZoneSelect';
import { periodWords } from '../../lib/zoned';
import { texts } from '../../texts';
import styles from './AnalysisBar.module.css';

interface AnalysisBarProps {
  filters: AnalysisFilters;
  catalog: Catalog;
  onChange: (filters: AnalysisFilters) => void;
  /** Where the services are given by the page. */
  fixedServices?: boolean;
}

const words = texts.analyses.bar;

function Period({ filters, onChange }: AnalysisBarProps) {
  const set = (change: Partial<AnalysisFilters>) => {
    const next = { ...filters, ...change };
    const none = next.from === undefined && next.to === undefined;
    onChange({ ...next, period: none ? 'all' : 'custom' });
  };
  const custom = filters.period === 'custom';
  return (
    <div className={styles.period}>
      <Segments
        label={words.period}
        options={periods.map((value) => ({ value, label: words.periods[value] }))}
        value={filters.period}
        onChange={(value) =>
          onChange({
            ...filters,
            period: value as AnalysisFilters['period'],
            from: undefined,
            to: undefined,
          })
        }
      />
      <Popover
        label={words.custom}
        words={custom ? words.range(...periodWords(filters.from, filters.to)) : undefined}
      >
        <label className={styles.field}>
          {words.from}
          <input
            type="date"
            value={filters.from ?? ''}
            max={filters.to}
            onChange={({ target }) => set({ from: target.value || undefined })}
          />
        </label>
        <label className={styles.field}>
          {words.to}
          <input
            type="date"
            value={filters.to ?? ''}
            min={filters.from}
            onChange={({ target }) => set({ to: target.value || undefined })}
          />
        </label>
      </Popover>
    </div>
  );
}

function Options({ filters, onChange }: AnalysisBarProps) {
  const toggle = (include: Include) =>
    onChange({
      ...filters,
      include: includes.filter((each) =>
        each === include ? !filters.include.includes(each) : filters.include.includes(each),
      ),
    });
  const chosen =
    filters.include.length +
    Number(filters.basis !== undefined) +
    Number(filters.start !== 'report') +
    Number(filters.slo !== undefined) +
    Number(filters.now !== undefined);
  return (
    <Popover label={words.options} words={chosen > 0 ? String(chosen) : undefined}>
      <fieldset className={styles.group}>
        <legend>{words.include}</legend>
        {includes.map((include) => (
          <label key={include} className={styles.check}>
            <input
              type="checkbox"
              checked={filters.include.includes(include)}
              onChange={() => toggle(include)}
            />
            {words.includes[include]}
          </label>
        ))}
      </fieldset>
      <div className={styles.group}>
        <p className={styles.legend}>{words.basis}</p>
        <Segments
          small
          label={words.basis}
          options={[
            { value: '', label: words.bases.default },
            { value: 'incidents', label: words.bases.incidents },
            { value: 'outages', label: words.bases.outages },
          ]}
          value={filters.basis ?? ''}
          onChange={(value) =>
            onChange({
              ...filters,
              basis: value === 'incidents' || value === 'outages' ? value : undefined,
            })
          }
        />
      </div>
      <div className={styles.group}>
        <p className={styles.legend}>{words.start}</p>
        <Segments
          small
          label={words.start}
          options={[
            { value: 'report', label: words.starts.report },
            { value: 'impact', label: words.starts.impact },
          ]}
          value={filters.start}
          onChange={(value) =>
            onChange({ ...filters, start: value === 'impact' ? 'impact' : 'report' })
          }
        />
      </div>
      <label className={styles.field}>
        {words.slo}
        <input
          type="number"
          min="0.001"
          max="99.999"
          step="any"
          placeholder="99.9"
          value={filters.slo ?? ''}
          onChange={({ target }) => {
            const slo = target.valueAsNumber;
            onChange({ ...filters, slo: slo > 0 && slo < 100 ? slo : undefined });
          }}
        />
      </label>
      {filters.now !== undefined && (
        <button
          type="button"
          className={styles.clear}
          onClick={() => onChange({ ...filters, now: undefined })}
        >
          {words.forgetNow(filters.now)}
        </button>
      )}
    </Popover>
  );
}

function Comparison({ filters, catalog, onChange }: AnalysisBarProps) {
  const { compare } = filters;
  const set = (next: Compare) => onChange({ ...filters, compare: next });
  const pair = typeof compare === 'object' ? compare : undefined;
  const [first, second] = catalog.providers;
  const kind = pair ? 'providers' : (compare as string);
  const choose = (value: string) => {
    if (value === 'providers' && first && second) set({ a: first.id, b: second.id });
    else set(value === 'before' || value === 'year' ? value : 'off');
  };
  const options = [
    { value: 'off', label: words.compares.off },
    ...(canCompareTime(filters) || kind === 'before' || kind === 'year'
      ? [
          { value: 'before', label: words.compares.before },
          { value: 'year', label: words.compares.year },
        ]
      : []),
    ...(catalog.providers.length > 1
      ? [{ value: 'providers', label: words.compares.providers }]
      : []),
  ];
  const picker = (label: string, value: string, change: (id: string) => void) => (
    <label className={styles.field}>
      {label}
      <select value={value} onChange={({ target }) => change(target.value)}>
        {catalog.providers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <Popover
      label={words.compare}
      words={compare === 'off' ? undefined : words.compares[kind as keyof typeof words.compares]}
    >
      <fieldset className={styles.group}>
        <legend className="visually-hidden">{words.compare}</legend>
        {options.map(({ value, label }) => (
          <label key={value} className={styles.check}>
            <input
              type="radio"
              name="compare"
              checked={kind === value}
              onChange={() => choose(value)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      {!canCompareTime(filters) && <p className={styles.hint}>{words.compareHint}</p>}
      {pair && (
        <>
          {picker(words.left, pair.a, (a) => set({ ...pair, a }))}
          {picker(words.right, pair.b, (b) => set({ ...pair, b }))}
        </>
      )}
    </Popover>
  );
}

export function AnalysisBar(props: AnalysisBarProps) {
  const { filters, catalog, onChange, fixedServices = false } = props;
  const services = typeof filters.compare === 'object' || fixedServices;
  const filtered = Object.keys(toAnalysisSearch(filters)).length > 0;
  return (
    <search className={styles.bar} aria-label={texts.filters.label}>
      <Period {...props} />
      {!services && (
        <FacetMenu
          label={words.services}
          chosen={filters.services}
          onChange={(chosen) => onChange({ ...filters, services: chosen })}
          groups={catalog.providers.map(({ name, color, services: all }) => ({
            label: name,
            sign: <ProviderMark color={color} />,
            whole: true,
            options: all.map((service) => ({ value: service.id, label: service.name })),
          }))}
        />
      )}
      <FacetMenu
        label={texts.filters.impact}
        chosen={filters.impact}
        onChange={(chosen) =>
          onChange({ ...filters, impact: impacts.filter((impact) => chosen.includes(impact)) })
        }
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
      <Options {...props} />
      {!fixedServices && <Comparison {...props} />}
      <ZoneSelect
        label={words.zone}
        value={filters.tz}
        onChange={(tz) => onChange({ ...filters, tz })}
      />
      {filtered && (
        <button type="button" className={styles.clear} onClick={() => onChange(noAnalysisFilters)}>
          {texts.filters.clear}
        </button>
      )}
    </search>
  );
}
