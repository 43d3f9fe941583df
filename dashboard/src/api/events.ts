/** One server-sent event. */
export interface ServerEvent {
  readonly id: string | null;
  readonly topic: string;
  readonly data: string;
}

/** Cuts a stream of text into server-sent events; what has not ended yet waits for the next piece. */
export class EventReader {
  private waiting = '';

  /** Takes a piece. @returns the events that it has ended. */
  take(piece: string): ServerEvent[] {
    this.waiting += piece;
    const events: ServerEvent[] = [];
    for (;;) {
      const end = /\r?\n\r?\n/.exec(this.waiting);
      if (end === null) return events;
      const event = read(this.waiting.slice(0, end.index));
      this.waiting = this.waiting.slice(end.index + end[0].length);
      if (event !== null) events.push(event);
    }
  }
}

// A block without data is a sign of life.
function read(block: string): ServerEvent | null {
  let id: string | null = null;
  let topic = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const value = line.slice(colon + 1).replace(/^ /, '');
    const field = line.slice(0, colon);
    if (field === 'id') id = value;
    if (field === 'event') topic = value;
    if (field === 'data') data.push(value);
  }
  return data.length === 0 ? null : { id, topic, data: data.join('\n') };
}
