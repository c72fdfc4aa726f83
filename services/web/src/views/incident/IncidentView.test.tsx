// SPDX-License-Identifier: Apache-2.0
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../api/models';
import { renderApp } from '../../testing/app';
import { incident, maintenance } from '../../testing/samples';

const path = '/incidents/openai/a1';
const show = (over: Partial<Incident>) =>
  renderApp(path, { 'incidents/openai%2Fa1': incident({ updates: [], ...over }) });

describe('the incident page', () => {
  it('shows stages, updates, services and flags', async () => {
    show({
      flags: ['zero_length', 'brand_new_flag'],
      updates: [
        { status: 'resolved', at: '2024-08-28T20:36:00Z', body: 'All good.\n\nReally.' },
        { status: 'investigating', at: '2024-08-28T18:16:00Z', body: '' },
      ],
    });
    await screen.findByRole('heading', { level: 1, name: 'Elevated error rates' });
    const rows = screen.getAllByRole('row').map((row) => row.textContent);
    expect(rows).toEqual([
      'StageAtAfter the startLasted',
      'Investigating28 Aug 2024, 20:161 h 34 min',
      'Monitoring28 Aug 2024, 21:50+ 1 h 34 min46 min',
      'Resolved28 Aug 2024, 22:36+ 2 h 20 min',
    ]);
    const drawing = 'Stages drawn to scale: Investigating 1 h 34 min, Monitoring 46 min.';
    expect(screen.getByRole('img', { name: drawing })).toBeTruthy();
    expect(screen.getByText('All good.').parentElement?.textContent).toBe('All good.Really.');
    expect(screen.getByText('No text.')).toBeTruthy();
    expect(await screen.findByText('API')).toBeTruthy();
    expect(screen.getByText('It was resolved in the moment it was reported.')).toBeTruthy();
    expect(screen.getByText('brand new flag.')).toBeTruthy();
    expect(document.title).toBe('Elevated error rates · FAILS');
  });

  it('links to the page of the provider', async () => {
    show({});
    const link = await screen.findByRole('link', { name: /Read on status.openai.com/ });
    expect(link.getAttribute('href')).toBe('https://status.openai.com/incidents/a1');
    expect(link.getAttribute('rel')).toContain('noopener');
  });

  it('shows hostile text as text', async () => {
    const user = userEvent.setup();
    const hostile = '<img src=x onerror=alert(1)><script>alert(1)</script>';
    show({
      title: `${hostile}\u202e`,
      url: 'javascript:alert(1)',
      updates: [
        {
          status: 'investigating',
          at: '2024-08-28T18:16:00Z',
          body: `${hostile}[x](javascript:1)`,
        },
        { status: 'investigating', at: '2024-08-28T18:16:00Z', body: 'x'.repeat(100_000) },
      ],
    });
    await screen.findByRole('heading', { level: 1, name: hostile });
    expect(document.querySelector('main img, main script, a[href^="javascript"]')).toBeNull();
    expect(screen.getByText(`${hostile}[x](javascript:1)`)).toBeTruthy();
    const long = () => screen.getByText(/^x{100}/).textContent?.length;
    expect(long()).toBe(3001);
    await user.click(screen.getByRole('button', { name: 'Show all 100,000 characters' }));
    expect(long()).toBe(100_000);
  });

  it('knows an open incident without stages', async () => {
    show({ ongoing: true, stages: {}, status: 'unknown', flags: [], services: [] });
    await screen.findByText('No stage was posted.');
    expect(screen.getByText('no service named')).toBeTruthy();
  });

  it('says when a maintenance is planned, and not that it is open', async () => {
    renderApp('/incidents/openai/m1', { 'incidents/openai%2Fm1': maintenance({ updates: [] }) });
    await screen.findByText('No stage was posted.');
    const planned = screen.getByText('Scheduled', { selector: 'dt' }).nextElementSibling;
    expect(planned?.textContent).toBe('30 Aug 2024, 08:00 – 30 Aug 2024, 10:00');
    expect(screen.queryByText('Still open')).toBeNull();
  });

  it('shows the flaps around it, with links to the others', async () => {
    const user = userEvent.setup();
    const flap = (native_id: string, at: string, duration_seconds?: number) => ({
      id: `openai/${native_id}`,
      at,
      ongoing: duration_seconds === undefined,
      ...(duration_seconds !== undefined && { duration_seconds }),
    });
    const flap_group = {
      count: 14,
      first_started_at: '2024-08-27T06:00:00Z',
      last_started_at: '2024-08-29T07:30:00Z',
      flaps: [
        flap('x/3', '2024-08-29T07:30:00Z'),
        flap('a1', '2024-08-28T18:16:00Z', 8400),
        flap('x1', '2024-08-28T06:00:00Z', 300),
      ],
    };
    const other = incident({ native_id: 'x/3', title: 'The other one', updates: [] });
    renderApp(path, {
      'incidents/openai%2Fa1': { ...incident({ updates: [] }), flap_group },
      [`incidents/${encodeURIComponent(other.id)}`]: other,
    });
    const others = await screen.findByRole('list', { name: 'The others, newest first' });
    expect(
      within(others)
        .getAllByRole('listitem')
        .map((row) => row.textContent),
    ).toEqual(['29 Aug 2024, 09:30Still open', '28 Aug 2024, 08:005 min']);
    const sentence = /^One of 14 incidents of this title, 27\s–\s29 August 2024, each within a day/;
    expect(screen.getByText(sentence)).toBeTruthy();
    expect(screen.getByText('2 of 13 shown')).toBeTruthy();
    await user.click(within(others).getByRole('link', { name: '29 Aug 2024, 09:30' }));
    await screen.findByRole('heading', { level: 1, name: 'The other one' });
    expect(screen.queryByRole('heading', { name: 'Repeats' })).toBeNull();
  });

  it('says when there is no such incident', async () => {
    renderApp('/incidents/openai/none', {});
    await screen.findByText(/No incident has this id/);
  });

  it('finds ids with any character, by a click and by the address', async () => {
    const user = userEvent.setup();
    const odd = incident({ native_id: 'tag:x/2024?a=1#b%20c', title: 'Odd id', updates: [] });
    const answers = {
      incidents: { incidents: [odd], total: 1 },
      [`incidents/${encodeURIComponent(odd.id)}`]: odd,
    };
    const { router } = renderApp('/incidents', answers);
    await user.click(await screen.findByRole('link', { name: 'Odd id' }));
    await screen.findByRole('heading', { level: 1, name: 'Odd id' });
    expect(screen.getByText(odd.id)).toBeTruthy();
    const address = router.state.location.href;
    cleanup();
    renderApp(address, answers);
    await screen.findByRole('heading', { level: 1, name: 'Odd id' });
  });
});
