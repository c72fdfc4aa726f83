// SPDX-License-Identifier: Apache-2.0
// The shapes that are known. A shape that is not here is shown as a table (shapes/anything.ts).
import type { AnalysisShape } from '../api/models';
import type { Shape } from './shape';
import { anything } from './shapes/anything';
import { availability } from './shapes/availability';
import { boxplot } from './shapes/boxplot';
import { combinations } from './shapes/combinations';
import { correlation } from './shapes/correlation';
import { distribution } from './shapes/distribution';
import { histogram } from './shapes/histogram';
import { impact } from './shapes/impact';
import { matrix } from './shapes/matrix';
import { quality } from './shapes/quality';
import { serviceSets } from './shapes/serviceSets';
import { stages } from './shapes/stages';
import { summary } from './shapes/summary';
import { timeline } from './shapes/timeline';
import { trend } from './shapes/trend';

const shapes: { readonly [name in AnalysisShape]?: unknown } = {
  availability,
  boxplot,
  combinations,
  correlation,
  distribution,
  histogram,
  impact,
  matrix,
  quality,
  service_sets: serviceSets,
  stages,
  summary,
  timeline,
  trend,
};

/** The result of an analysis has the type that its shape names; the API vouches for it. */
export const shapeOf = (name: string): Shape<unknown> =>
  (shapes[name as AnalysisShape] as Shape<unknown> | undefined) ?? anything;
