// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Page } from '../../api/models';
import { renderApp } from '../../testing/app';

const page = (over: Partial<Page> = {}): Page => ({
  id: 'openai',
  provider: 'openai',
  platform: 'statuspage',
  url: 'https://status.openai.com',
  status: 'active',
  interval_seconds: 60,
  health: {
    page: 'openai',
    state: 'unreachable',
    last_error: 'no route to <b>host</b>',
    consecutive_failures: 3,
    last_attempt_at: '2024-08-28T18:16:00Z',
    detected_platform: '',
    redirected_to: '',
  },
  ...over,
});

describe('the sources', () => {
  it('show how each page’s collection does', async () => {
    renderApp('/sources', { pages: { pages: [page()] } });
    const row = await screen.findByRole('row', { name: /OpenAI/ });
    expect(within(row).getByText('unreachable')).toBeTruthy();
    expect(within(row).getByText('no route to <b>host</b>')).toBeTruthy();
    expect(within(row).getByText('3 failures in a row')).toBeTruthy();
    expect(screen.getByText('0 of 1 source answers')).toBeTruthy();
  });

  it('link to web pages only', async () => {
    renderApp('/sources', { pages: { pages: [page({ url: 'javascript:alert(1)' })] } });
    const row = await screen.findByRole('row', { name: /OpenAI/ });
    expect(within(row).queryByRole('link')).toBeNull();
  });

  it('are polled with a key, which is sent and not kept', async () => {
    const user = userEvent.setup();
    const keys: (string | undefined)[] = [];
    const poll = (_p: URLSearchParams, _b: unknown, init: RequestInit) => {
      const key = (init.headers as Record<string, string>).authorization;
      keys.push(key);
      return key === 'Bearer good' ? {} : 401;
    };
    renderApp('/sources', { pages: { pages: [page()] }, 'pages/openai/poll': poll });
    const button = await screen.findByRole<HTMLButtonElement>('button', { name: /Poll now/ });
    expect(button.disabled).toBe(true);
    await user.type(screen.getByLabelText('API key'), 'bad');
    await user.click(button);
    await screen.findByText('The key is not accepted');
    await user.clear(screen.getByLabelText('API key'));
    await user.type(screen.getByLabelText('API key'), 'good');
    await user.click(button);
    await screen.findByText('Asked');
    expect(keys).toEqual(['Bearer bad', 'Bearer good']);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('good');
  });
});
