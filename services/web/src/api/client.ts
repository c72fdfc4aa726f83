// SPDX-License-Identifier: Apache-2.0
// One way to ask the gateway: JSON in, typed value or one of two errors out.
import type { Problem } from './models';

/** The gateway answered, and the answer is no. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
  }
}

/** No answer, or one that is not the gateway's. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('The gateway did not answer.', { cause });
    this.name = 'UnreachableError';
  }
}

export type Params = { readonly [name: string]: string | number | undefined };

export function apiUrl(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  return `/api/v1/${path}${text === '' ? '' : `?${text}`}`;
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback = { title: response.statusText || 'Error', status: response.status };
  if (!response.headers.get('content-type')?.includes('json')) return fallback;
  try {
    const body = (await response.json()) as Partial<Problem>;
    return { ...fallback, ...body };
  } catch {
    return fallback;
  }
}

/** Throws ApiError, UnreachableError, or the signal's own AbortError. */
export async function getJson<T>(path: string, params?: Params, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(apiUrl(path, params), {
      headers: { accept: 'application/json' },
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new UnreachableError(error);
  }
  if (!response.ok) throw new ApiError(response.status, await problemOf(response));
  try {
    return (await response.json()) as T;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new UnreachableError(error);
  }
}
