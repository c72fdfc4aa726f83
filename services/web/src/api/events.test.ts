// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { event, incident } from '../testing/samples';
import { backoffMs, type EventStream, openEventStream } from './events';
import type { IncidentEvent } from './models';

/** One connection of the fake gateway. */
interface Line {
  lastEventId: string | null;
  send(id: number, data: IncidentEvent): void;
  end(): void;
}

describe('openEventStream', () => {
  const lines: Line[] = [];
  const states: string[] = [];
  const received: string[] = [];
  let answer: number;
  let stream: EventStream;

  beforeEach(() => {
    vi.useFakeTimers();
    lines.length = states.length = received.length = 0;
    answer = 200;
    vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
      if (answer !== 200) return new Response('', { status: answer });
      const body = new TransformStream<Uint8Array, Uint8Array>();
      const writer = body.writable.getWriter();
      init.signal?.addEventListener('abort', () => void writer.abort().catch(() => {}));
      lines.push({
        lastEventId: new Headers(init.headers).get('last-event-id'),
        send: (id, data) =>
          void writer.write(
            new TextEncoder().encode(
              `id: ${id}\nevent: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`,
            ),
          ),
        end: () => void writer.close(),
      });
      return new Response(body.readable);
    });
    stream = openEventStream({
      onEvent: (each) => received.push(each.id),
      onState: (state, again) => states.push(again ? `${state} again` : state),
      silenceMs: 40_000,
    });
  });

  afterEach(() => {
    stream.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const line = (index: number) => {
    const found = lines[index];
    if (!found) throw new Error(`no connection ${index}`);
    return found;
  };
  const opened = (revision: number) => event('fails.incident.updated', incident({ revision }));

  it('tells its states and resumes after the last event seen', async () => {
    await vi.waitFor(() => expect(states).toEqual(['connecting', 'live']));
    line(0).send(41, opened(1));
    line(0).send(42, opened(2));
    await vi.waitFor(() => expect(received).toEqual(['openai/a1:1', 'openai/a1:2']));
    line(0).end();
    await vi.waitFor(() => expect(states.at(-1)).toBe('reconnecting'));
    await vi.waitFor(() => expect(states.at(-1)).toBe('live again'), { interval: 100 });
    expect(line(0).lastEventId).toBeNull();
    expect(line(1).lastEventId).toBe('42');
  });

  it('says that something may be missed when the first attempt failed', async () => {
    stream.close();
    states.length = 0;
    answer = 503;
    stream = openEventStream({
      onEvent: () => {},
      onState: (state, again) => states.push(`${state} ${again}`),
    });
    await vi.waitFor(() => expect(states.at(-1)).toBe('reconnecting false'));
    answer = 200;
    await vi.waitFor(() => expect(states.at(-1)).toBe('live true'), { interval: 100 });
  });

  it('keeps trying while the gateway refuses', async () => {
    await vi.waitFor(() => expect(states.at(-1)).toBe('live'));
    answer = 503;
    line(0).end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states.at(-1)).toBe('reconnecting');
    answer = 200;
    stream.retryNow();
    await vi.waitFor(() => expect(states.at(-1)).toBe('live again'));
  });

  it('notices a connection that is silent for too long', async () => {
    await vi.waitFor(() => expect(states.at(-1)).toBe('live'));
    await vi.advanceTimersByTimeAsync(39_000);
    expect(lines.length).toBe(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(lines.length).toBe(2);
    expect(states).toContain('reconnecting');
  });

  it('pauses without a loss', async () => {
    await vi.waitFor(() => expect(states.at(-1)).toBe('live'));
    line(0).send(5, opened(1));
    await vi.waitFor(() => expect(received.length).toBe(1));
    stream.pause();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(lines.length).toBe(1);
    stream.resume();
    await vi.waitFor(() => expect(lines.length).toBe(2));
    expect(line(1).lastEventId).toBe('5');
    expect(states).not.toContain('reconnecting');
  });
});

describe('backoffMs', () => {
  it('doubles up to a quarter of a minute, with jitter', () => {
    expect([0, 1, 2, 10].map((attempt) => backoffMs(attempt, 0.5))).toEqual([
      500, 1000, 2000, 15000,
    ]);
    expect(backoffMs(0, 0)).toBe(375);
    expect(backoffMs(0, 1)).toBe(625);
  });
});
