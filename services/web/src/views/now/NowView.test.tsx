// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ServiceEvent, StatusList } from '../../api/models';
import { patchStates } from '../../live/states';
import { renderApp } from '../../testing/app';
import { analysis } from '../../testing/results';
import { incident } from '../../testing/samples';

const board: StatusList = {
  services: [
    {
      service: 'openai/api',
      provider: 'openai',
      status: 'partial_outage',
      since: '2024-08-28T18:16:00Z',
      page: 'openai',
      reported_at: '2024-08-28T18:20:00Z',
      ongoing_incidents: ['openai/a1'],
    },
    {
      service: 'openai/chatgpt',
      provider: 'openai',
      status: 'unknown',
      page: '',
      ongoing_incidents: [],
    },
  ],
  summary: { services: 2, troubled: 1, unknown: 1 },
};

const calendar = {
  dates: ['2024-08-27', '2024-08-28'],
  groups: [{ group: 'openai/api', days: 2, availability: [100, 80] }],
};

describe('the page of now', () => {
  it('says in a sentence how many have trouble, and shows each service', async () => {
    renderApp('/', {
      status: board,
      'analyses:run': { analyses: [analysis('daily-availability', calendar)] },
      'incidents/openai%2Fa1': incident({
        ongoing: true,
        status: 'identified',
        updates: [
          { status: 'identified', at: '2024-08-28T19:00:00Z', body: 'We <b>know</b> why.' },
          { status: 'investigating', at: '2024-08-28T18:16:00Z', body: 'We look.' },
        ],
      }),
    });
    await screen.findByRole('heading', { level: 1, name: '1 of 2 services has trouble' });
    const [api, chatgpt] = await screen
      .findAllByRole('listitem')
      .then((all) => all.filter((each) => each.dataset.service));
    if (!api || !chatgpt) throw new Error('two cards expected');
    expect(within(api).getByText('Partial outage')).toBeTruthy();
    await within(api).findByText('Elevated error rates');
    expect(within(api).getByText('We <b>know</b> why.')).toBeTruthy();
    expect(within(api).queryByText('We look.')).toBeNull();
    await within(api).findByRole('img', { name: '2 days, 1 of them with an outage' });
    expect(within(api).getByText('90.00 % up in 90 days')).toBeTruthy();
    expect(within(chatgpt).getByText('Unknown')).toBeTruthy();
    expect(within(chatgpt).getByText('No record of days yet')).toBeTruthy();
  });

  it('counts what is open, but no maintenance, and leads there', async () => {
    const { asked } = renderApp('/', {
      status: board,
      incidents: { incidents: [incident({})], total: 2 },
    });
    const link = await screen.findByRole('link', { name: '2 incidents are open' });
    const leads = new URL(link.getAttribute('href') ?? '', 'http://page').searchParams;
    const request = asked.find((url) => url.includes('/incidents?')) ?? '';
    const counted = new URL(request, 'http://gateway').searchParams;
    for (const query of [leads, counted]) {
      expect(query.get('ongoing')).toBe('true');
      expect(query.get('impact')?.split(',')).toContain('unknown');
      expect(query.get('impact')).not.toContain('maintenance');
    }
  });

  it('says when the gateway is gone', async () => {
    renderApp('/', { status: 'unreachable' });
    await screen.findByText('The gateway does not answer');
  });

  it('says when nothing is watched', async () => {
    renderApp('/', {
      status: { services: [], summary: { services: 0, troubled: 0, unknown: 0 } },
    });
    await screen.findByText('No service is watched');
  });
});

describe('an event about a service', () => {
  const at = (reported_at: string): ServiceEvent['data'] => ({
    service: 'openai/api',
    provider: 'openai',
    status: 'operational',
    previous: 'degraded',
    since: reported_at,
    page: 'openai',
    reported_at,
    ongoing_incidents: [],
    revision: 2,
  });

  it('changes its state and the counts', () => {
    const patched = patchStates(board, at('2024-08-28T20:00:00Z'));
    expect(patched.services[0]?.status).toBe('operational');
    expect(patched.summary).toEqual({ services: 2, troubled: 0, unknown: 1 });
    expect(patched.services[1]).toBe(board.services[1]);
  });

  it('that is older than what is known changes nothing', () => {
    expect(patchStates(board, at('2024-08-28T18:00:00Z'))).toBe(board);
  });

  it('of an unknown service changes nothing', () => {
    const unknown = { ...at('2024-08-28T20:00:00Z'), service: 'x/y' };
    expect(patchStates(board, unknown)).toBe(board);
  });
});
