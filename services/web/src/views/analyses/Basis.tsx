// SPDX-License-Identifier: Apache-2.0
// What an answer rests on: how many incidents, which were left out, and how it was computed.

import { jsonUrl } from '../../api/analyses';
import type { AnalysisRequest } from '../../api/analysisFilters';
import type { Analysis } from '../../api/models';
import { utc } from '../../lib/time';
import { texts } from '../../texts';
import styles from './Basis.module.css';

export function Basis({ analysis, request }: { analysis: Analysis; request: AnalysisRequest }) {
  const { query } = analysis;
  const excluded = Object.entries(analysis.excluded)
    .map(([reason, count]) => texts.analyses.reason(reason, count))
    .join(', ');
  return (
    <details className={styles.basis}>
      <summary className={styles.summary}>
        <span className="num">
          {query.basis === 'outages' ? texts.analyses.calendars : texts.analyses.n(analysis.n)}
        </span>
        {excluded !== '' && <span>{texts.analyses.excluded(excluded)}</span>}
        <span className={styles.more}>{texts.analyses.method}</span>
      </summary>
      <div className={styles.text}>
        <p>{analysis.method}</p>
        <p>
          {texts.analyses.effective(
            utc(query.from),
            utc(query.to),
            query.tz,
            query.services.length,
          )}
          {query.basis && ` ${texts.analyses.basisIs(query.basis)}`}
        </p>
        <p>
          <a href={jsonUrl(analysis.id, request)}>{texts.analyses.json}</a>{' '}
          <span className="num">{texts.analyses.version(analysis.data_version)}</span>
        </p>
      </div>
    </details>
  );
}
