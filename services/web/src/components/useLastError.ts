// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';

/**
 * The error that keeps a view from having data, also while it is being asked again: a view that switched between its
 * error and its loading state with every attempt would flicker.
 */
export function useLastError(query: { data: unknown; error: Error | null }): Error | null {
  const { data, error } = query;
  const [last, setLast] = useState<Error | null>(null);
  useEffect(() => {
    if (data !== undefined) setLast(null);
    else if (error) setLast(error);
  }, [data, error]);
  return data === undefined ? (error ?? last) : null;
}
