// SPDX-License-Identifier: Apache-2.0
// The table of pages. A view is one folder under src/views and one route here.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router';
import { type FilterSearch, fromSearch, toSearch } from './api/filters';
import { incidentQuery } from './api/queries';
import { CrashMessage } from './components/Message';
import { Shell } from './components/Shell';
import { parseSearch, stringifySearch } from './lib/search';
import { IncidentView } from './views/incident/IncidentView';
import { IncidentsView } from './views/incidents/IncidentsView';
import { lastSearch } from './views/incidents/lastSearch';
import { NotFoundView } from './views/notfound/NotFoundView';

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Shell });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/incidents', replace: true });
  },
});

const incidents = createRoute({
  getParentRoute: () => root,
  path: '/incidents',
  validateSearch: (search: Record<string, unknown>): FilterSearch => toSearch(fromSearch(search)),
  beforeLoad: ({ search }) => lastSearch.set(search),
  component: IncidentsView,
});

const incident = createRoute({
  getParentRoute: () => root,
  path: '/incidents/$provider/$nativeId',
  loader: ({ context, params }) => {
    void context.client.prefetchQuery(incidentQuery(`${params.provider}/${params.nativeId}`));
  },
  component: IncidentView,
});

const routeTree = root.addChildren([home, incidents, incident]);

export function makeRouter(client: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context: { client },
    ...(history && { history }),
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultNotFoundComponent: () => <NotFoundView />,
    defaultErrorComponent: () => <CrashMessage />,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
