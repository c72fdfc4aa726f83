// SPDX-License-Identifier: Apache-2.0
// Incidents and events for tests.
import type { Incident, IncidentEvent, IncidentList, ProviderList } from '../api/models';

export function incident(over: Partial<Incident> = {}): Incident {
  const native_id = over.native_id ?? 'a1';
  const provider = over.provider ?? 'openai';
  return {
    id: `${provider}/${native_id}`,
    native_id,
    provider,
    page: provider,
    title: 'Elevated error rates',
    url: `https://status.openai.com/incidents/${native_id}`,
    impact: 'major',
    status: 'resolved',
    services: ['openai/api'],
    stages: {
      investigating: '2024-08-28T18:16:00Z',
      monitoring: '2024-08-28T19:50:00Z',
      resolved: '2024-08-28T20:36:00Z',
    },
    started_at: '2024-08-28T18:16:00Z',
    resolved_at: '2024-08-28T20:36:00Z',
    closed_at: '2024-08-28T20:36:00Z',
    duration_seconds: 8400,
    ongoing: false,
    flags: [],
    revision: 1,
    ...over,
  };
}

/** A maintenance that has not begun: no stage, no start. */
export function maintenance(over: Partial<Incident> = {}): Incident {
  const { started_at, resolved_at, closed_at, duration_seconds, ...rest } = incident({
    native_id: 'm1',
    title: 'Database maintenance',
    impact: 'maintenance',
    status: 'scheduled',
    stages: {},
    scheduled_for: '2024-08-30T06:00:00Z',
    scheduled_until: '2024-08-30T08:00:00Z',
    ...over,
  });
  return rest;
}

export function event(
  type: IncidentEvent['type'],
  data: Incident,
  changed: string[] = ['status'],
): IncidentEvent {
  return {
    specversion: '1.0',
    id: `${data.id}:${data.revision}`,
    source: '/fails/normalizer',
    type,
    subject: data.id,
    time: '2024-08-28T20:36:05Z',
    datacontenttype: 'application/json',
    data: { ...data, changed },
  };
}

export const list = (incidents: Incident[], over: Partial<IncidentList> = {}): IncidentList => ({
  incidents,
  total: incidents.length,
  ...over,
});

export const catalog: ProviderList = {
  providers: [
    {
      id: 'openai',
      name: 'OpenAI',
      color: '#10a37f',
      website: 'https://openai.com',
      services: [
        { id: 'openai/api', name: 'API', provider: 'openai' },
        { id: 'openai/chatgpt', name: 'ChatGPT', provider: 'openai' },
      ],
      pages: ['openai'],
    },
  ],
};
