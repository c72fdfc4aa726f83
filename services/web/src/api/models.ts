// SPDX-License-Identifier: Apache-2.0
// Short names for the generated types, and the only lists of values that the web keeps by itself: the orders in which
// impacts, statuses and stages are shown.
import type { components } from './types';

type Schemas = components['schemas'];

export type Impact = Schemas['Impact'];
export type Status = Schemas['Status'];
export type Stages = Schemas['Stages'];
export type Stage = keyof Stages;
export type Update = Schemas['Update'];
export type Incident = Schemas['Incident'];
export type IncidentDetail = Schemas['IncidentDetail'];
export type Flap = Schemas['Flap'];
export type IncidentList = Schemas['IncidentList'];
export type Service = Schemas['Service'];
export type Provider = Schemas['Provider'];
export type ProviderList = Schemas['ProviderList'];
export type Page = Schemas['Page'];
export type PageHealth = Schemas['PageHealth'];
export type HealthState = PageHealth['state'];
export type PageList = Schemas['PageList'];
/** What is left of a problem document when something between us and the gateway answered instead. */
export type Problem = Pick<Schemas['Problem'], 'title' | 'status'> & Partial<Schemas['Problem']>;
export type IncidentEvent = Schemas['IncidentEvent'];

export type ServiceStatus = Schemas['ServiceStatus'];
export type ServiceState = Schemas['ServiceState'];
export type StatusList = Schemas['StatusList'];
export type ImpactInterval = Schemas['ImpactInterval'];

export type ServiceEvent = Schemas['ServiceStatusEvent'];

/** What the stream of events tells. */
export type LiveEvent = IncidentEvent | ServiceEvent;

export type AnalysisDescriptor = Schemas['AnalysisDescriptor'];
export type AnalysisShape = Schemas['AnalysisShape'];
export type AnalysisList = Schemas['AnalysisList'];
export type Analysis = Schemas['Analysis'];
export type AnalysesRequest = Schemas['AnalysesRequest'];
export type AnalysesAnswer = Schemas['AnalysesAnswer'];
export type CellIncidentList = Schemas['CellIncidentList'];
export type AvailabilityResult = Schemas['AvailabilityResult'];
export type SummaryResult = Schemas['SummaryResult'];

export const impacts: readonly Impact[] = [
  'critical',
  'major',
  'minor',
  'none',
  'maintenance',
  'unknown',
];

export const statuses: readonly Status[] = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'postmortem',
  'scheduled',
  'in_progress',
  'completed',
  'unknown',
];

export const stages: readonly Stage[] = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'postmortem',
];
