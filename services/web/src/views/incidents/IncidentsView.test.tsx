// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../testing/app';
import { incident, list, maintenance } from '../../testing/samples';

const titles = () => screen.getAllByRole('heading', { level: 3 }).map((each) => each.textContent);

describe('the incident list', () => {
  it('shows what the API answers, by day, with its total', async () => {
    const { router } = renderApp('/incidents', {
      incidents: list(
        [
          incident({ native_id: 'b', title: 'Second' }),
          incident({ native_id: 'a', title: 'First', started_at: '2024-08-27T10:00:00Z' }),
        ],
        { total: 1234 },
      ),
    });
    await waitFor(() => expect(titles()).toEqual(['Second', 'First']));
    expect(router.state.location.pathname).toBe('/incidents');
    expect(screen.getByText('1,234 recorded')).toBeTruthy();
    const days = screen.getAllByRole('heading', { level: 2 }).map((each) => each.textContent);
    expect(days).toEqual(['Wednesday 28 August 2024', 'Tuesday 27 August 2024']);
    const row = screen.getAllByRole('row').find((each) => within(each).queryByText('Second'));
    expect(row?.textContent).toContain('2 h 20 min');
    expect(
      within(row as HTMLElement)
        .getByText('20:16')
        .getAttribute('title'),
    ).toBe('2024-08-28 18:16:00 UTC');
  });

  it('shows a planned maintenance on its day', async () => {
    renderApp('/incidents', { incidents: list([maintenance(), incident()]) });
    await waitFor(() => expect(titles()).toEqual(['Database maintenance', 'Elevated error rates']));
    const [day] = screen.getAllByRole('heading', { level: 2 });
    expect(day?.textContent).toBe('Friday 30 August 2024');
    const row = screen.getAllByRole('row').find((each) => each.dataset.incident === 'openai/m1');
    expect(row?.textContent).toMatch(/^08:00.*Scheduled2 h$/);
  });

  it('asks what the URL says and writes what is chosen into the URL', async () => {
    const user = userEvent.setup();
    const { router, asked } = renderApp('/incidents?impact=major&q=login', {
      incidents: list([incident()]),
    });
    await screen.findByText('1 incident matches');
    expect(asked.some((url) => url.includes('impact=major&q=login&sort=-started_at'))).toBe(true);
    await user.click(await screen.findByRole('button', { name: 'Provider: any' }));
    await user.click(screen.getByRole('checkbox', { name: 'OpenAI' }));
    await waitFor(() =>
      expect(router.state.location.searchStr).toBe('?provider=openai&impact=major&q=login'),
    );
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('checkbox')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(router.state.location.searchStr).toBe(''));
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('');
  });

  it('loads more by cursor, each incident once', async () => {
    const user = userEvent.setup();
    const a = incident({ native_id: 'a', title: 'A' });
    const b = incident({ native_id: 'b', title: 'B', started_at: '2024-01-01T00:00:00Z' });
    renderApp('/incidents', {
      incidents: (params: URLSearchParams) =>
        params.get('cursor') === 'next'
          ? list([a, b], { total: 2 })
          : list([a], { total: 2, next_cursor: 'next' }),
    });
    await user.click(await screen.findByRole('button', { name: 'Load more' }));
    await waitFor(() => expect(titles()).toEqual(['A', 'B']));
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
    expect(screen.getByText('All 2 shown')).toBeTruthy();
  });

  it('tells an empty database from filters without a match', async () => {
    const first = renderApp('/incidents', { incidents: list([]) });
    await screen.findByText('No incidents yet');
    await first.router.navigate({ to: '/incidents', search: { q: 'nothing' } });
    await screen.findByText('No incident matches');
  });

  it('says when the gateway is gone, and tries again', async () => {
    const user = userEvent.setup();
    const answers: Record<string, unknown> = { incidents: 'unreachable' };
    renderApp('/incidents', answers);
    await screen.findByRole('alert');
    expect(screen.getByText('The gateway does not answer')).toBeTruthy();
    answers.incidents = list([incident({ title: 'Back' })]);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('Back');
  });

  it('keeps trying while the gateway is not ready', async () => {
    renderApp('/incidents', { incidents: 503 });
    await screen.findByRole('heading', { name: 'Not ready yet' });
    expect(screen.getByText('detail of 503. This page keeps trying.')).toBeTruthy();
  });

  it('shows why the gateway refuses', async () => {
    renderApp('/incidents?provider=nobody', { incidents: 400 });
    await screen.findByText('detail of 400');
  });

  it('has a page for unknown addresses', async () => {
    renderApp('/nowhere/at/all', {});
    await screen.findByRole('heading', { level: 1, name: 'Nothing here' });
  });
});
