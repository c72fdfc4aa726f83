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

// The catalog brings names, colours and the notice above the page. A short wait for it saves the first view a jump.
const catalogMs = 400;
await Promise.race([
  client.prefetchQuery(providersQuery),
  new Promise((resolve) => setTimeout(resolve, catalogMs)),
]);

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
