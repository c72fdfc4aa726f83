// SPDX-License-Identifier: Apache-2.0
// What can be done with a chart: read it as a table, take it away as a file or a link, see it large.
import { useRouter } from '@tanstack/react-router';
import { type RefObject, useState } from 'react';
import { csvUrl } from '../../api/analyses';
import type { AnalysisRequest, AnalysisSearch } from '../../api/analysisFilters';
import type { Analysis } from '../../api/models';
import { savePicture } from '../../charts/save';
import {
  type Chosen,
  type LegendItem,
  type Names,
  noDrawing,
  type Shape,
} from '../../charts/shape';
import type { ChartTheme } from '../../charts/theme';
import { Sign } from '../../components/Glyphs';
import { Popover } from '../../components/Popover';
import { announce } from '../../live/announce';
import { texts } from '../../texts';
import { type Look, writeLook } from './looks';
import styles from './Tools.module.css';

interface ToolsProps {
  id: string;
  title: string;
  card: RefObject<HTMLElement | null>;
  shape: Shape<unknown>;
  first: Analysis | undefined;
  request: AnalysisRequest;
  names: Names;
  theme: ChartTheme;
  chosen: Chosen;
  look: Look;
  /** Whether the card fills the screen. */
  full: boolean;
  legend: readonly LegendItem[];
  search: AnalysisSearch;
  onLook: (look: Look) => void;
}

export function Tools(props: ToolsProps) {
  const { id, title, card, shape, first, names, theme, chosen, look, full, legend, search } = props;
  const fullWords = full ? texts.analyses.leaveFull : texts.analyses.full;
  const router = useRouter();
  const [copied, setCopied] = useState(false);
  const [failed, setFailed] = useState(false);
  const draws = shape.draw !== undefined && first !== undefined && !shape.empty(first.result);

  const save = (kind: 'svg' | 'png') => {
    if (!first) return;
    setFailed(false);
    savePicture(
      {
        title,
        note: shape.reading(first.result, names),
        legend,
        theme,
        drawing: (width) =>
          shape.draw?.({
            result: first.result,
            names,
            theme,
            chosen,
            hidden: look.hidden,
            width,
          }) ?? noDrawing,
      },
      kind,
      id,
    ).catch(() => setFailed(true));
  };

  const copy = () => {
    const show = writeLook(look);
    const { href } = router.buildLocation({
      to: '/analyses/$id',
      params: { id },
      search: { ...search, ...(show !== undefined && { show }) },
    });
    void navigator.clipboard.writeText(new URL(href, window.location.origin).href).then(
      () => {
        setCopied(true);
        announce(texts.analyses.copied);
        setTimeout(() => setCopied(false), 2000);
      },
      () => setFailed(true),
    );
  };

  return (
    <div className={styles.tools} role="toolbar" aria-label={texts.analyses.toolsOf(title)}>
      {draws && (
        <button
          type="button"
          className={styles.tool}
          aria-pressed={look.table}
          aria-label={texts.analyses.table}
          title={texts.analyses.table}
          onClick={() => props.onLook({ ...look, table: !look.table })}
        >
          <Sign name={look.table ? 'chart' : 'table'} />
        </button>
      )}
      <Popover label={texts.analyses.save} sign="save" align="end">
        {(close) => (
          <div className={styles.menu}>
            <a href={csvUrl(id, props.request)} download={`${id}.csv`} onClick={close}>
              {texts.analyses.csv}
            </a>
            {draws && (
              <>
                <button
                  type="button"
                  onClick={() => {
                    save('svg');
                    close();
                  }}
                >
                  {texts.analyses.svg}
                </button>
                <button
                  type="button"
                  onClick={() => {
                    save('png');
                    close();
                  }}
                >
                  {texts.analyses.png}
                </button>
              </>
            )}
          </div>
        )}
      </Popover>
      {navigator.clipboard && (
        <button
          type="button"
          className={styles.tool}
          aria-label={texts.analyses.link}
          title={copied ? texts.analyses.copied : texts.analyses.link}
          onClick={copy}
        >
          <Sign name={copied ? 'check' : 'link'} />
        </button>
      )}
      {document.fullscreenEnabled && (
        <button
          type="button"
          className={styles.tool}
          aria-label={fullWords}
          title={fullWords}
          onClick={() => {
            if (document.fullscreenElement) void document.exitFullscreen();
            else void card.current?.requestFullscreen();
          }}
        >
          <Sign name="full" />
        </button>
      )}
      {failed && (
        <span role="alert" className={styles.failed}>
          {texts.analyses.failed}
        </span>
      )}
    </div>
  );
}
