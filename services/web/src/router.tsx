// SPDX-License-Identifier: Apache-2.0
// The table of pages. A view is one folder under src/views and one route here.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router';
import { incidentQuery } from './api/queries';
import { CrashMessage } from './components/Message';
import { Shell } from './components/Shell';
import { parseSearch, stringifySearch } from './lib/search';
import { prefetchAll, prefetchOne } from './views/analyses/prefetch';
import { analysisSearch, cellSearch, chartSearch } from './views/analyses/search';
import { listSearch } from './views/incidents/columns';
import { IncidentsView } from './views/incidents/IncidentsView';
import { lastSearch } from './views/incidents/lastSearch';
import { NotFoundView } from './views/notfound/NotFoundView';
import { NowView } from './views/now/NowView';

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Shell });

const now = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: NowView,
});

const analyses = createRoute({
  getParentRoute: () => root,
  path: '/analyses',
  validateSearch: analysisSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => prefetchAll(context.client, deps),
  component: lazyRouteComponent(() => import('./views/analyses/AnalysesView'), 'AnalysesView'),
});

const analysis = createRoute({
  getParentRoute: () => root,
  path: '/analyses/$id',
  validateSearch: chartSearch,
  loaderDeps: ({ search: { show: _, ...query } }) => query,
  loader: ({ context, params, deps }) => {
    void prefetchOne(context.client, params.id, deps);
  },
  component: lazyRouteComponent(() => import('./views/analyses/AnalysisView'), 'AnalysisView'),
});

const cell = createRoute({
  getParentRoute: () => root,
  path: '/analyses/$id/incidents',
  validateSearch: cellSearch,
  component: lazyRouteComponent(() => import('./views/analyses/CellView'), 'CellView'),
});

const providers = createRoute({
  getParentRoute: () => root,
  path: '/providers',
  component: lazyRouteComponent(() => import('./views/providers/ProvidersView'), 'ProvidersView'),
});

const provider = createRoute({
  getParentRoute: () => root,
  path: '/providers/$provider',
  validateSearch: analysisSearch,
  component: lazyRouteComponent(() => import('./views/providers/ProviderView'), 'ProviderView'),
});

const service = createRoute({
  getParentRoute: () => root,
  path: '/services/$provider/$service',
  validateSearch: analysisSearch,
  component: lazyRouteComponent(() => import('./views/providers/ServiceView'), 'ServiceView'),
});

const sources = createRoute({
  getParentRoute: () => root,
  path: '/sources',
  component: lazyRouteComponent(() => import('./views/sources/SourcesView'), 'SourcesView'),
});

const reference = createRoute({
  getParentRoute: () => root,
  path: '/reference',
  component: lazyRouteComponent(() => import('./views/reference/ReferenceView'), 'ReferenceView'),
});

const incidents = createRoute({
  getParentRoute: () => root,
  path: '/incidents',
  validateSearch: listSearch,
  beforeLoad: ({ search }) => lastSearch.set(search),
  component: IncidentsView,
});

const incident = createRoute({
  getParentRoute: () => root,
  path: '/incidents/$provider/$nativeId',
  loader: ({ context, params }) => {
    void context.client.prefetchQuery(incidentQuery(`${params.provider}/${params.nativeId}`));
  },
  component: lazyRouteComponent(() => import('./views/incident/IncidentView'), 'IncidentView'),
});

const routeTree = root.addChildren([
  now,
  analyses,
  analysis,
  cell,
  incidents,
  incident,
  providers,
  provider,
  service,
  sources,
  reference,
]);

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
