// SPDX-License-Identifier: Apache-2.0
// One way to ask the gateway: JSON in, typed value or one of two errors out.
import { texts } from '../texts';
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
  const fallback = { title: response.statusText || texts.errors.refused, status: response.status };
  if (!response.headers.get('content-type')?.includes('json')) return fallback;
  try {
    const body = (await response.json()) as Partial<Problem>;
    return { ...fallback, ...body };
  } catch {
    return fallback;
  }
}

interface Request {
  params?: Params | undefined;
  signal?: AbortSignal | undefined;
  /** Sent as JSON by POST. */
  body?: unknown;
  /** An API key, for what not everybody may do. */
  key?: string | undefined;
}

async function ask(path: string, { params, signal, body, key }: Request): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (key !== undefined) headers.authorization = `Bearer ${key}`;
  let response: Response;
  try {
    response = await fetch(apiUrl(path, params), {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      signal: signal ?? null,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new UnreachableError(error);
  }
  if (!response.ok) throw new ApiError(response.status, await problemOf(response));
  return response;
}

async function json<T>(response: Response, signal: AbortSignal | undefined): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new UnreachableError(error);
  }
}

/** Throws ApiError, UnreachableError, or the signal's own AbortError; so do the others. */
export const getJson = async <T>(path: string, params?: Params, signal?: AbortSignal): Promise<T> =>
  json<T>(await ask(path, { params, signal }), signal);

export const postJson = async <T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> =>
  json<T>(await ask(path, { body, signal }), signal);

export const getText = async (path: string, signal?: AbortSignal): Promise<string> =>
  (await ask(path, { signal })).text();

/** An order that needs a key and has no answer but that it was taken. */
export async function order(path: string, key: string): Promise<void> {
  await ask(path, { body: {}, key });
}
