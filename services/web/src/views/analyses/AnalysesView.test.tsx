// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../testing/app';
import { analysis, descriptor, results } from '../../testing/results';
import { incident, list } from '../../testing/samples';
import { parseLook, resolve, writeLook } from './looks';

function gateway(over: Record<string, unknown> = {}) {
  const bodies: Record<string, unknown>[] = [];
  const known: Record<string, unknown> = {
    'impact-distribution': results.impact,
    'brand-new': { things: [{ thing: 'x', value: 1 }] },
  };
  return {
    bodies,
    answers: {
      analyses: {
        analyses: [
          descriptor('impact-distribution', 'impact'),
          descriptor('brand-new', 'unheard_of'),
        ],
      },
      'analyses:run': (_: URLSearchParams, body: { analyses?: string[] }) => {
        bodies.push(body);
        const ids = body.analyses ?? Object.keys(known);
        return { analyses: ids.map((id) => analysis(id, known[id])) };
      },
      'analyses/impact-distribution/incidents': list([incident()], { total: 17 }),
      ...over,
    },
  };
}

describe('the analyses', () => {
  it('show every analysis that the API lists, also of an unknown shape', async () => {
    const { answers, bodies } = gateway();
    renderApp('/analyses?services=openai/api&period=30', answers);
    const card = await screen.findByRole('region', { name: 'Title of impact-distribution' });
    await within(card).findByText(/Major or critical are 25 % of OpenAI’s incidents/);
    expect(within(card).getByText('7 incidents')).toBeTruthy();
    expect(within(card).getByText('left out: 2 maintenance')).toBeTruthy();
    const odd = screen.getByRole('region', { name: 'Title of brand-new' });
    expect(within(odd).getByRole('columnheader', { name: 'Thing' })).toBeTruthy();
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toMatchObject({ services: ['openai/api'] });
    // All of them, whatever they are.
    expect(bodies[0]).not.toHaveProperty('analyses');
    expect(bodies[0]?.from).toMatch(/T00:00:00Z$/);
  });

  it('write what is chosen into the address and ask for it', async () => {
    const user = userEvent.setup();
    const { answers, bodies } = gateway();
    const { router } = renderApp('/analyses', answers);
    await screen.findAllByText('7 incidents');
    await user.click(screen.getByRole('radio', { name: '90 days' }));
    await waitFor(() => expect(router.state.location.searchStr).toBe('?period=90'));
    await user.click(screen.getByRole('button', { name: 'Impact: any' }));
    await user.click(screen.getByRole('checkbox', { name: 'Critical' }));
    await waitFor(() => expect(router.state.location.searchStr).toBe('?period=90&impact=critical'));
    await waitFor(() => expect(bodies.at(-1)).toMatchObject({ impact: ['critical'] }));
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(router.state.location.searchStr).toBe(''));
  });

  it('stay as they are while the next answer is awaited', async () => {
    const user = userEvent.setup();
    let asked = 0;
    const { answers } = gateway();
    const run = answers['analyses:run'];
    const slow = (params: URLSearchParams, body: { analyses?: string[] }) => {
      asked += 1;
      return asked === 1 ? run(params, body) : new Promise(() => {});
    };
    renderApp('/analyses', { ...answers, 'analyses:run': slow });
    const [before] = await screen.findAllByText('7 incidents');
    await user.click(screen.getByRole('radio', { name: '90 days' }));
    await waitFor(() => expect(asked).toBe(2));
    // The very same element: nothing was taken away and put back.
    expect(screen.getAllByText('7 incidents')[0]).toBe(before);
    expect(before?.closest('[aria-busy="true"]')).toBeTruthy();
  });

  it('lead from a number of the table to the incidents behind it', async () => {
    const user = userEvent.setup();
    const { answers } = gateway();
    const { router, asked } = renderApp('/analyses/impact-distribution?show=table:on', answers);
    await user.click(await screen.findByRole('link', { name: '3' }));
    await screen.findByRole('heading', { level: 1, name: '17 incidents' });
    expect(router.state.location.pathname).toBe('/analyses/impact-distribution/incidents');
    expect(router.state.location.search).toEqual({ cell: 'provider:openai;impact:minor' });
    expect(asked.some((url) => url.includes('cell=provider%3Aopenai%3Bimpact%3Aminor'))).toBe(true);
    expect(screen.getByText('Elevated error rates')).toBeTruthy();
    expect(screen.getByText('Impact: minor')).toBeTruthy();
  });

  it('stand side by side in a comparison', async () => {
    const { answers, bodies } = gateway();
    renderApp('/analyses/impact-distribution?period=30&compare=before', answers);
    await screen.findByRole('heading', { level: 3, name: 'The period before' });
    await waitFor(() => expect(bodies).toHaveLength(2));
    expect(bodies[1]).toHaveProperty('to');
  });

  it('say when a query counts nothing', async () => {
    const empty = { groups: [{ provider: 'openai', n: 0, levels: [] }] };
    const { answers } = gateway({
      'analyses:run': { analyses: [analysis('impact-distribution', empty, { n: 0 })] },
    });
    renderApp('/analyses/impact-distribution', answers);
    await screen.findByText('No incident of this query can be counted here.');
  });

  it('show why the gateway refuses a query', async () => {
    const { answers } = gateway({ 'analyses:run': 400 });
    renderApp('/analyses', answers);
    await screen.findByText('detail of 400');
  });

  it('know no analysis that the API does not list', async () => {
    const { answers, bodies } = gateway();
    renderApp('/analyses/none-such', answers);
    await screen.findByText('No analysis has this name.');
    expect(bodies).toEqual([]);
  });

  it('keep how a chart is looked at in the address', async () => {
    const user = userEvent.setup();
    const { answers } = gateway();
    const { router } = renderApp('/analyses/impact-distribution', answers);
    await user.click(await screen.findByRole('radio', { name: 'Count' }));
    await waitFor(() => expect(router.state.location.search).toEqual({ show: 'values:count' }));
    await user.click(await screen.findByRole('button', { name: 'Minor' }));
    await waitFor(() =>
      expect(router.state.location.search).toEqual({ show: 'values:count,hide:minor' }),
    );
  });
});

describe('a look', () => {
  it('goes to the address and back', () => {
    const text = 'view:cumulative,scale:linear,table:on,hide:openai~openai/api';
    expect(writeLook(parseLook(text))).toBe(text);
    expect(writeLook(parseLook('::,x,:y'))).toBeUndefined();
  });

  it('falls back to the first option', () => {
    const choices = [{ name: 'view', label: '', options: [{ value: 'a', label: '' }] }];
    expect(resolve(choices, { view: 'nonsense', other: 'x' })).toEqual({ view: 'a' });
  });
});
