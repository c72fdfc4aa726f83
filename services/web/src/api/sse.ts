// SPDX-License-Identifier: Apache-2.0
// The wire format of server-sent events (WHATWG HTML 9.2.6), as a pure parser fed with pieces of text.

export interface ServerSentEvent {
  id: string | undefined;
  type: string;
  data: string;
}

export class SseParser {
  private rest = '';
  private type = '';
  private data: string[] = [];
  private id: string | undefined;

  /** Takes the next piece of the stream; returns the events that it completes, in order. */
  push(piece: string): ServerSentEvent[] {
    this.rest += piece;
    const events: ServerSentEvent[] = [];
    for (;;) {
      const end = this.rest.search(/[\r\n]/);
      if (end < 0) break;
      // A lone "\r" at the very end may be half of "\r\n": wait for the next piece.
      if (this.rest[end] === '\r' && end + 1 === this.rest.length) break;
      const width = this.rest.startsWith('\r\n', end) ? 2 : 1;
      const line = this.rest.slice(0, end);
      this.rest = this.rest.slice(end + width);
      const event = this.line(line);
      if (event) events.push(event);
    }
    return events;
  }

  private line(line: string): ServerSentEvent | undefined {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return undefined; // a comment: the heartbeat
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.type = value;
    else if (field === 'data') this.data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.id = value;
    return undefined;
  }

  private dispatch(): ServerSentEvent | undefined {
    const event =
      this.data.length === 0
        ? undefined
        : { id: this.id, type: this.type || 'message', data: this.data.join('\n') };
    this.type = '';
    this.data = [];
    return event;
  }
}
