// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { SseParser } from './sse';

describe('SseParser', () => {
  it('reads id, type and data, and skips comments', () => {
    const events = new SseParser().push(
      ': heartbeat\n\nid: 7\nevent: fails.incident.opened\ndata: {}\n\n',
    );
    expect(events).toEqual([{ id: '7', type: 'fails.incident.opened', data: '{}' }]);
  });

  it('gives the same events however the stream is cut', () => {
    const stream = 'id: 1\r\ndata: a\r\ndata: b\r\n\r\n:x\r\nid: 2\rdata:c\r\rdata: d\n\n';
    const whole = new SseParser().push(stream);
    expect(whole.map((event) => event.data)).toEqual(['a\nb', 'c', 'd']);
    for (let size = 1; size < 7; size += 1) {
      const parser = new SseParser();
      const cut = [];
      for (let at = 0; at < stream.length; at += size) {
        cut.push(...parser.push(stream.slice(at, at + size)));
      }
      expect(cut).toEqual(whole);
    }
  });

  it('keeps the last id for events without one and sends nothing without data', () => {
    const events = new SseParser().push('id: 3\n\ndata: x\n\nevent: only\n\n');
    expect(events).toEqual([{ id: '3', type: 'message', data: 'x' }]);
  });
});
