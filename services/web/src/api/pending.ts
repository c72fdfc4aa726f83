// SPDX-License-Identifier: Apache-2.0
// Shapes of the API that openapi.yaml does not describe yet.
import type { components } from './types';

type Impact = components['schemas']['Impact'];

export type ServiceState =
  | 'operational'
  | 'maintenance'
  | 'degraded'
  | 'partial_outage'
  | 'major_outage'
  | 'unknown';

export interface ServiceStatus {
  service: string;
  provider: string;
  status: ServiceState;
  /** Absent while the status is unknown. */
  since?: string;
  page?: string;
  reported_at?: string;
  ongoing_incidents?: string[];
}

export interface StatusList {
  services: ServiceStatus[];
  summary: { services: number; troubled: number; unknown: number };
  notice?: string;
}

export interface ImpactInterval {
  service: string;
  from: string;
  to?: string;
  level: Impact;
}
