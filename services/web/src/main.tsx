// SPDX-License-Identifier: Apache-2.0
import './styles/tokens.css';
import './styles/base.css';
import './styles/tones.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueryClient, providersQuery } from './api/queries';
import { makeRouter } from './router';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const client = makeQueryClient();
const router = makeRouter(client);

// The catalog brings names, colours and the notice above the page; the router the page's script. A short wait for both
// saves the first view a jump, and the work of drawing it twice.
const patienceMs = 400;
await Promise.race([
  Promise.all([client.prefetchQuery(providersQuery), router.load()]),
  new Promise((resolve) => setTimeout(resolve, patienceMs)),
]);

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
