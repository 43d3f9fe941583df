import { problemOf } from './client.ts';
import { EventReader, type ServerEvent } from './events.ts';

/** How the stream stands. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'waiting'; readonly why: string; readonly retryAt: number }
  | { readonly kind: 'refused'; readonly why: string };

/** What a stream needs of the world, so that tests can stand in for it. */
export interface StreamWorld {
  fetch(path: string, request: RequestInit): Promise<Response>;
  now(): number;
  random(): number;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

const path = '/v1/stream';
const firstWait = 250;
const longestWait = 10_000;
const quietMax = 40_000; // the server gives a sign of life every 15 s

/**
 * Follows the stream until it is stopped. What breaks is taken up again after the last event that arrived, with waits
 * that grow; a key that is refused ends it. Without topics it tells everything.
 */
export class Stream {
  private readonly stopping = new AbortController();
  private last: string | null = null;
  private failures = 0;

  constructor(
    private readonly key: string,
    private readonly world: StreamWorld,
    private readonly told: { events(events: readonly ServerEvent[]): void; link(link: Link): void; begunAnew(): void },
    private readonly topics: readonly string[] = [],
  ) {}

  /** The last event that arrived: where the next connection takes up. */
  get resumesAfter(): string | null {
    return this.last;
  }

  stop(): void {
    this.stopping.abort();
  }

  async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.told.link({ kind: 'connecting' });
      const why = await this.follow();
      if (this.stopping.signal.aborted) return;
      if (why.isFinal) {
        this.told.link({ kind: 'refused', why: why.text });
        return;
      }

      const wait = this.nextWait();
      this.told.link({ kind: 'waiting', why: why.text, retryAt: this.world.now() + wait });
      await this.world.wait(wait, this.stopping.signal);
    }
  }

  // One connection, from its beginning to its end; says why it ended.
  private async follow(): Promise<{ text: string; isFinal: boolean }> {
    const connection = new AbortController();
    const stop = () => connection.abort();
    this.stopping.signal.addEventListener('abort', stop);
    const quiet = new Quiet(quietMax, stop);
    try {
      const answer = await this.world.fetch(
        this.topics.length === 0 ? path : `${path}?topics=${this.topics.join(',')}`,
        {
          headers: {
            Authorization: `Bearer ${this.key}`,
            Accept: 'text/event-stream',
            ...(this.last === null ? {} : { 'Last-Event-ID': this.last }),
          },
          cache: 'no-store',
          credentials: 'omit',
          signal: connection.signal,
        },
      );
      if (!answer.ok || answer.body === null) {
        const problem = await problemOf(answer);
        return { text: problem.message, isFinal: answer.status === 401 || answer.status === 403 };
      }

      this.told.link({ kind: 'live' });
      await this.read(answer.body, quiet);
      return { text: 'the server has ended the stream', isFinal: false };
    } catch {
      return { text: 'the connection is lost', isFinal: false };
    } finally {
      quiet.end();
      this.stopping.signal.removeEventListener('abort', stop);
    }
  }

  private async read(body: ReadableStream<Uint8Array>, quiet: Quiet): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const events = new EventReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      quiet.heard();
      const taken = events.take(decoder.decode(value, { stream: true }));
      if (taken.length === 0) continue;
      this.failures = 0;
      if (sequenceOf(taken[0]?.id) < sequenceOf(this.last)) this.told.begunAnew();
      this.last = taken.findLast((event) => event.id !== null)?.id ?? this.last;
      this.told.events(taken);
    }
  }

  // Twice as long each time, with up to a half taken off so that many pages do not come back at once.
  private nextWait(): number {
    const wait = Math.min(longestWait, firstWait * 2 ** this.failures);
    this.failures += 1;
    return wait * (1 - this.world.random() / 2);
  }
}

// Events of one journal only rise: a lower one is of a server that has begun another.
function sequenceOf(id: string | null | undefined): number {
  return Number.parseInt(id ?? '', 10) || 0;
}

/** Ends a connection on which nothing has been heard for too long. */
class Quiet {
  private timer: ReturnType<typeof setTimeout>;

  constructor(
    private readonly longest: number,
    private readonly over: () => void,
  ) {
    this.timer = setTimeout(over, longest);
  }

  heard(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.over, this.longest);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}

/** The world of a browser: a wait ends early when the network comes back. */
export const browser: StreamWorld = {
  fetch: (address, request) => fetch(address, request),
  now: () => Date.now(),
  random: () => Math.random(),
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      function done() {
        clearTimeout(timer);
        window.removeEventListener('online', done);
        signal.removeEventListener('abort', done);
        resolve();
      }
      window.addEventListener('online', done);
      signal.addEventListener('abort', done);
    }),
};
