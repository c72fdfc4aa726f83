// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Provider, Service } from '../api/models';
import { providersQuery } from '../api/queries';
import { cssColor } from '../lib/text';
import styles from './ProviderName.module.css';

export interface Catalog {
  providers: Provider[];
  provider: ReadonlyMap<string, Provider>;
  service: ReadonlyMap<string, Service>;
}

/** The catalog by id; empty until it is loaded, and ids stand for names until then. */
export function useCatalog(): Catalog {
  const { data } = useQuery(providersQuery);
  return useMemo(() => {
    const providers = data?.providers ?? [];
    return {
      providers,
      provider: new Map(providers.map((each) => [each.id, each])),
      service: new Map(providers.flatMap((each) => each.services).map((each) => [each.id, each])),
    };
  }, [data]);
}

export function ProviderMark({ color }: { color: string | undefined }) {
  const background = cssColor(color);
  return (
    <span className={styles.mark} aria-hidden="true" style={background ? { background } : {}} />
  );
}

export function ProviderName({ id, catalog }: { id: string; catalog: Catalog }) {
  const provider = catalog.provider.get(id);
  return (
    <span className={styles.name}>
      <ProviderMark color={provider?.color} />
      {provider?.name ?? id}
    </span>
  );
}

/** The services of one provider in words; nothing where all that is named bears the provider's own name. */
export const serviceNames = (
  services: readonly string[],
  provider: string,
  catalog: Catalog,
): string => {
  const own = catalog.provider.get(provider)?.name;
  return services
    .map((id) => serviceName(id, catalog))
    .filter((name) => name !== own)
    .join(', ');
};

export const serviceName = (id: string, catalog: Catalog): string =>
  catalog.service.get(id)?.name ?? id;
