// SPDX-License-Identifier: Apache-2.0
// One analysis: its sentence, its drawing or table, what it rests on, and everything that can be done with it.
import { Link, useNavigate } from '@tanstack/react-router';
import { memo, type RefObject, useCallback, useMemo, useRef } from 'react';
import type { AnalysisSearch } from '../../api/analysisFilters';
import type { Analysis } from '../../api/models';
import { Plot } from '../../charts/Plot';
import { shapeOf } from '../../charts/registry';
import {
  type Choice,
  type Chosen,
  type LegendItem,
  type Names,
  noDrawing,
  type Period,
  type Shape,
} from '../../charts/shape';
import { type ChartTheme, useChartTheme } from '../../charts/theme';
import { DataTable } from '../../components/DataTable';
import { Segments } from '../../components/Segments';
import { useLate, useNear } from '../../lib/near';
import { keptTogether } from '../../lib/text';
import { spanWords } from '../../lib/zoned';
import { texts } from '../../texts';
import { Basis } from './Basis';
import styles from './ChartCard.module.css';
import { Legend } from './Legend';
import { type Look, resolve } from './looks';
import { Tools } from './Tools';
import { useFullScreen } from './useFullScreen';
import type { Side } from './useSides';

interface ChartCardProps {
  id: string;
  shape: string;
  title: string;
  sides: readonly Side[];
  /** The answers, side by side; undefined while one is awaited. */
  answers: readonly (Analysis | undefined)[];
  names: Names;
  look: Look;
  /** Must stay the same function, as must the others: what changes in a card is drawn anew. */
  onLook: (id: string, look: Look) => void;
  onPeriod: (period: Period) => void;
  search: AnalysisSearch;
  /** The page's own chart: its heading is the page's. */
  alone?: boolean;
  /** Has the width of two. */
  wide?: boolean;
}

interface PanelProps {
  id: string;
  shape: Shape<unknown>;
  analysis: Analysis;
  side: Side;
  names: Names;
  theme: ChartTheme;
  chosen: Chosen;
  look: Look;
  title: string;
  named: boolean;
  alone: boolean;
  /** The height of the drawing at least, in pixels. */
  least: number;
  range: Range | undefined;
  onPeriod: (period: Period) => void;
}

type Range = readonly [number, number];

/** What the axes of a comparison reach over; undefined where there is nothing to compare. */
function sharedRange(
  shape: Shape<unknown>,
  answers: readonly (Analysis | undefined)[],
  chosen: Chosen,
  hidden: ReadonlySet<string>,
): Range | undefined {
  const known = answers.filter((answer) => answer !== undefined && !shape.empty(answer.result));
  if (answers.length < 2 || !shape.range) return undefined;
  const ranges = known.flatMap((answer) =>
    answer && shape.range ? [shape.range(answer.result, chosen, hidden)] : [],
  );
  return ranges.length === 0
    ? undefined
    : [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

// A chart with a page to itself, in pixels. It is drawn as SVG, sharp at any zoom; a page of twenty charts would have
// thousands of elements then, and those of a canvas change in half the time.
const aloneHeight = 440;

function Panel(props: PanelProps) {
  const { id, shape, analysis, side, names, theme, chosen, look, title, named } = props;
  const { alone, least, range, onPeriod } = props;
  const { result } = analysis;
  const navigate = useNavigate();
  const drawing = useCallback(
    (width: number) => {
      const input = { result, names, theme, chosen, hidden: look.hidden, width, range };
      const made = shape.draw?.(input) ?? noDrawing;
      const height = Math.max(made.height, least);
      return alone ? { ...made, height } : { ...made, height, renderer: 'canvas' as const };
    },
    [shape, result, names, theme, chosen, look.hidden, alone, least, range],
  );
  const empty = shape.empty(result);
  const reading = empty ? texts.analyses.empty : shape.reading(result, names);
  const behind = { id, search: side.search };
  return (
    <div className={styles.panel} data-n={analysis.n}>
      {named && (
        <div className={styles.sideHead}>
          <h3 className={styles.side}>{side.name}</h3>
          {side.dated && (
            <p className={styles.dates}>{texts.analyses.bar.range(...spanWords(analysis.query))}</p>
          )}
        </div>
      )}
      <p className={styles.reading}>{keptTogether(reading)}</p>
      {!empty && shape.draw && !look.table && (
        <Plot
          drawing={drawing}
          label={texts.analyses.drawing(title, reading)}
          onCell={(cell) =>
            void navigate({
              to: '/analyses/$id/incidents',
              params: { id },
              search: { ...side.search, cell },
            })
          }
          onPeriod={onPeriod}
        />
      )}
      {!empty && (look.table || !shape.draw) && (
        <DataTable
          table={shape.table(result, names)}
          label={texts.analyses.tableOf(title)}
          behind={behind}
        />
      )}
      <Basis analysis={analysis} request={side.request} />
    </div>
  );
}

function Choices(props: {
  choices: readonly Choice[];
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
}) {
  const { choices, chosen, onChoose } = props;
  return choices
    .filter(({ options }) => options.length > 1)
    .map(({ name, label, options }) => (
      <Segments
        key={name}
        small
        label={label}
        options={options}
        value={chosen[name] ?? ''}
        onChange={(value) => onChoose({ ...chosen, [name]: value })}
      />
    ));
}

/** What the colours of all answers mean, each once. */
function legendOf(
  shape: Shape<unknown>,
  answers: readonly (Analysis | undefined)[],
  names: Names,
  theme: ChartTheme,
  chosen: Chosen,
): LegendItem[] {
  const items = answers.flatMap(
    (answer) => (answer && shape.legend?.(answer.result, names, theme, chosen)) ?? [],
  );
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

// A scale is no choice for what has shares for an axis.
const applicable = (choices: readonly Choice[], chosen: Chosen): Choice[] =>
  choices.filter(({ name }) => name !== 'scale' || chosen.view !== 'bins');

const headingOf = (id: string): string => `chart-${id}`;

const Content = memo(function Content(
  props: ChartCardProps & { card: RefObject<HTMLElement | null> },
) {
  const { id, title, sides, answers, names, look, onPeriod, search, alone, card } = props;
  const theme = useChartTheme();
  const shape = shapeOf(props.shape);
  const first = answers.find((answer) => answer !== undefined);
  const nothing = answers.every((answer) => !answer || shape.empty(answer.result));
  const room = useFullScreen(card, look);
  const choices = useMemo(
    () => (first && !nothing ? (shape.choices?.(first.result, names) ?? []) : []),
    [shape, first, nothing, names],
  );
  const chosen = useMemo(() => resolve(choices, look.chosen), [choices, look.chosen]);
  const legend: LegendItem[] = useMemo(
    () =>
      shape.draw && !look.table && !nothing ? legendOf(shape, answers, names, theme, chosen) : [],
    [shape, answers, nothing, names, theme, chosen, look.table],
  );
  const range = useMemo(
    () => sharedRange(shape, answers, chosen, look.hidden),
    [shape, answers, chosen, look.hidden],
  );
  const Heading = alone ? 'h1' : 'h2';
  const onLook = (next: Look) => props.onLook(id, next);

  return (
    <>
      <header className={styles.head}>
        <Heading id={headingOf(id)} className={styles.title}>
          {alone ? (
            title
          ) : (
            <Link to="/analyses/$id" params={{ id }} search={search} className={styles.name ?? ''}>
              {title}
            </Link>
          )}
        </Heading>
        <Tools
          id={id}
          title={title}
          card={card}
          shape={shape}
          first={nothing ? undefined : first}
          full={room > 0}
          request={sides[0]?.request ?? {}}
          names={names}
          theme={theme}
          chosen={chosen}
          look={look}
          legend={legend}
          search={search}
          onLook={onLook}
        />
      </header>
      {(legend.length > 1 || (choices.length > 0 && !look.table)) && (
        <div className={styles.controls}>
          {!look.table && (
            <Choices
              choices={applicable(choices, chosen)}
              chosen={chosen}
              onChoose={(next) => onLook({ ...look, chosen: next })}
            />
          )}
          {legend.length > 1 && (
            <Legend
              items={legend}
              hidden={look.hidden}
              onChange={(hidden) => onLook({ ...look, hidden })}
            />
          )}
        </div>
      )}
      <div className={styles.panels} data-sides={sides.length}>
        {sides.map((side, at) => {
          const analysis = answers[at];
          return analysis ? (
            <Panel
              key={side.name}
              id={id}
              shape={shape}
              analysis={analysis}
              side={side}
              names={names}
              theme={theme}
              chosen={chosen}
              look={look}
              title={title}
              named={sides.length > 1}
              alone={alone === true}
              least={Math.max(room, alone ? aloneHeight : 0)}
              range={range}
              onPeriod={onPeriod}
            />
          ) : (
            <div key={side.name} className={styles.ghost} />
          );
        })}
      </div>
    </>
  );
});

/** What is in sight follows at once; the rest when that is drawn. */
export function ChartCard(props: ChartCardProps) {
  const { id } = props;
  const card = useRef<HTMLElement>(null);
  const shown = useLate(props, useNear(card));
  return (
    <section
      ref={card}
      className={styles.card}
      id={id}
      aria-labelledby={headingOf(id)}
      aria-busy={!shown || shown.sides.some((_, at) => shown.answers[at] === undefined)}
      data-shape={props.shape}
      data-wide={props.wide || undefined}
      data-alone={props.alone || undefined}
    >
      {shown ? <Content {...shown} card={card} /> : <div className={styles.ghost} />}
    </section>
  );
}
