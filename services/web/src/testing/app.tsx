// SPDX-License-Identifier: Apache-2.0
// The whole front end in jsdom, over a fake gateway.
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { makeQueryClient } from '../api/queries';
import { makeRouter } from '../router';
import { catalog } from './samples';

/** Answers by path (without `/api/v1/`); a number is an error status, a function gets the parameters and the body. */
export type Answers = Record<string, unknown>;

/** jsdom has no layout: nothing comes into view, so no chart is drawn. */
class NeverSeen {
  observe() {}
  unobserve() {}
  disconnect() {}
}

function problem(status: number): Response {
  return Response.json(
    { type: 'urn:x', title: 'No', status, detail: `detail of ${status}`, instance: 'urn:y' },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
}

export function renderApp(path: string, answers: Answers) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    const { pathname, searchParams } = new URL(url, 'http://gateway');
    const name = pathname.replace('/api/v1/', '');
    asked.push(url);
    if (name === 'events') return new Promise(() => {});
    let answer = answers[name] ?? { providers: catalog, pages: { pages: [] } }[name] ?? 404;
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    if (typeof answer === 'function') answer = await answer(searchParams, body, init);
    if (answer === 'unreachable') throw new TypeError('fetch failed');
    if (typeof answer === 'string') return new Response(answer);
    return typeof answer === 'number' ? problem(answer) : Response.json(answer);
  });
  vi.stubGlobal('scrollTo', () => {});
  vi.stubGlobal('IntersectionObserver', NeverSeen);
  vi.stubGlobal('ResizeObserver', NeverSeen);
  const client = makeQueryClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  const router = makeRouter(client, createMemoryHistory({ initialEntries: [path] }));
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { router, client, asked };
}
