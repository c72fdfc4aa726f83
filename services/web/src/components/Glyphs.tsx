// SPDX-License-Identifier: Apache-2.0
// Small signs, 16 by 16, drawn in the colour of their text. Each impact has a shape of its own, so that colour is never
// the only difference.
import type { ReactNode } from 'react';
import type { HealthState, Impact, ServiceStatus } from '../api/models';

const outline = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.75 };

const impactShapes: Record<Impact, ReactNode> = {
  critical: (
    <>
      <path
        d="M5.300 1.500h5.400l3.800 3.800v5.400l-3.800 3.800H5.300l-3.800-3.800V5.300z"
        fill="currentColor"
      />
      <path d="M5.500 5.500l5 5m0-5l-5 5" stroke="var(--canvas)" strokeWidth="1.75" />
    </>
  ),
  major: <path d="M8 1.200 14.800 8 8 14.800 1.200 8z" fill="currentColor" />,
  minor: <path d="M8 2.200 15 14H1z" fill="currentColor" />,
  none: <circle cx="8" cy="8" r="5.200" {...outline} />,
  maintenance: (
    <>
      <rect x="2.200" y="2.200" width="11.600" height="11.600" rx="2.200" {...outline} />
      <path d="M5.200 8h5.600" {...outline} />
    </>
  ),
  unknown: <circle cx="8" cy="8" r="5.200" {...outline} strokeDasharray="2.400 2.050" />,
};

const healthShapes: Record<HealthState, ReactNode> = {
  ok: <path d="M3 8.600l3.200 3.200L13 4.600" {...outline} strokeWidth="2" />,
  stale: (
    <>
      <circle cx="8" cy="8" r="5.600" {...outline} />
      <path d="M8 5v3.200l2 1.400" {...outline} />
    </>
  ),
  unreachable: <path d="M4 4l8 8m0-8l-8 8" {...outline} strokeWidth="2" />,
  wrong_content: <path d="M3 6h10M3 10h10M10.500 2.500l-5 11" {...outline} />,
  rate_limited: <path d="M5.500 3.500v9m5-9v9" {...outline} strokeWidth="2.200" />,
  moved: <path d="M2.500 8h10M9 4.500 12.500 8 9 11.500" {...outline} strokeWidth="2" />,
  deleted: <path d="M3 8h10" {...outline} strokeWidth="2" />,
  frozen: <path d="M8 2v12M2.800 5l10.400 6m0-6L2.800 11" {...outline} />,
  unknown: <circle cx="8" cy="8" r="5.200" {...outline} strokeDasharray="2.400 2.050" />,
};

const signs = {
  search: (
    <>
      <circle cx="7" cy="7" r="4.600" {...outline} />
      <path d="M10.500 10.500 14 14" {...outline} />
    </>
  ),
  close: <path d="M4 4l8 8m0-8l-8 8" {...outline} />,
  chevron: <path d="M4 6.200l4 4 4-4" {...outline} />,
  back: <path d="M13.500 8H3m4.500-4.500L3 8l4.500 4.500" {...outline} />,
  up: <path d="M8 13.500V3M3.500 7.500 8 3l4.500 4.500" {...outline} />,
  table: (
    <>
      <rect
        x="2"
        y="2.800"
        width="12"
        height="10.400"
        rx="1.500"
        {...outline}
        strokeWidth="1.500"
      />
      <path d="M2 6.400h12M2 9.800h12M6.400 6.400v6.800" {...outline} strokeWidth="1.500" />
    </>
  ),
  chart: (
    <path d="M2.500 13.500h11M4.500 11V7.500M8 11V3M11.500 11V5.500" {...outline} strokeWidth="2" />
  ),
  save: <path d="M8 2v8M4.500 7 8 10.500 11.500 7M2.800 13.500h10.400" {...outline} />,
  link: (
    <path
      d="M6.800 9.200a2.800 2.800 0 0 0 4 0l2.200-2.200a2.800 2.800 0 0 0-4-4l-.8.8M9.200 6.800a2.800 2.800 0 0 0-4 0L3 9a2.800 2.800 0 0 0 4 4l.8-.8"
      {...outline}
      strokeWidth="1.600"
    />
  ),
  full: (
    <path d="M2.500 6V2.500H6M10 2.500h3.500V6M13.500 10v3.500H10M6 13.500H2.500V10" {...outline} />
  ),
  columns: <path d="M3.500 2.500v11M8 2.500v11M12.500 2.500v11" {...outline} />,
  down: <path d="M8 2.500V13M3.500 8.500 8 13l4.500-4.500" {...outline} />,
  menu: <path d="M2.500 4.500h11M2.500 8h11M2.500 11.500h11" {...outline} />,
  check: <path d="M3 8.600l3.200 3.200L13 4.600" {...outline} strokeWidth="2" />,
  copy: (
    <>
      <rect x="5.500" y="5.500" width="8" height="8" rx="1.500" {...outline} strokeWidth="1.500" />
      <path d="M3 10.500h-.5v-8h8V3" {...outline} strokeWidth="1.500" />
    </>
  ),
  out: <path d="M6 3H3v10h10v-3M9 3h4v4M13 3 7.500 8.500" {...outline} />,
  sun: (
    <>
      <circle cx="8" cy="8" r="3" {...outline} />
      <path
        d="M8 1v1.600M8 13.400V15M1 8h1.600M13.400 8H15M3.050 3.050l1.130 1.130M11.820 11.820l1.130 1.130M3.050 12.950l1.130-1.130M11.820 4.180l1.130-1.130"
        {...outline}
        strokeWidth="1.500"
      />
    </>
  ),
  moon: <path d="M13.600 9.800A6 6 0 0 1 6.200 2.400a6 6 0 1 0 7.400 7.400z" {...outline} />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.800" {...outline} />
      <path d="M8 2.200a5.800 5.800 0 0 1 0 11.600z" fill="currentColor" />
    </>
  ),
} satisfies Record<string, ReactNode>;

// Solid where all is well, hollower and more angular the worse it is; unknown is a broken ring.
const stateShapes: Record<ServiceStatus, ReactNode> = {
  operational: (
    <>
      <circle cx="8" cy="8" r="6.600" fill="currentColor" />
      <path
        d="M4.800 8.300l2.300 2.300 4.200-4.700"
        stroke="var(--canvas)"
        strokeWidth="1.750"
        fill="none"
      />
    </>
  ),
  maintenance: impactShapes.maintenance,
  degraded: impactShapes.minor,
  partial_outage: impactShapes.major,
  major_outage: impactShapes.critical,
  unknown: impactShapes.unknown,
};

export type SignName = keyof typeof signs;

function Glyph({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <svg className={className} viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true">
      {children}
    </svg>
  );
}

export const ImpactGlyph = ({ impact, className }: { impact: Impact; className?: string }) => (
  <Glyph className={className}>{impactShapes[impact] ?? impactShapes.unknown}</Glyph>
);

export const HealthGlyph = ({ state, className }: { state: HealthState; className?: string }) => (
  <Glyph className={className}>{healthShapes[state] ?? healthShapes.unknown}</Glyph>
);

export const Sign = ({ name, className }: { name: SignName; className?: string | undefined }) => (
  <Glyph className={className}>{signs[name]}</Glyph>
);

export const StateGlyph = ({ state, className }: { state: ServiceStatus; className?: string }) => (
  <Glyph className={className}>{stateShapes[state] ?? stateShapes.unknown}</Glyph>
);
