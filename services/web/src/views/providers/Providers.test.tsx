// SPDX-License-Identifier: Apache-2.0
// The pages of a provider and of a service where there is nothing to show.
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../testing/app';

describe.each(['/providers/openai', '/services/openai/api'])('%s', (path) => {
  it('says when the gateway is gone', async () => {
    renderApp(path, { providers: 'unreachable' });
    await screen.findByText('The gateway does not answer');
  });
});

describe.each(['/providers/nobody', '/services/openai/nothing'])('%s', (path) => {
  it('is none, and its title says so', async () => {
    renderApp(path, {});
    await screen.findByRole('heading', { name: 'Nothing here' });
    await waitFor(() => expect(document.title).toBe('Nothing here · FAILS'));
  });
});
