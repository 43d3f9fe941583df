import type { Client } from './client.ts';
import type { Live } from './live.ts';
import type { Standing, Status } from './types.ts';

/** More subaccounts than this the server does not put before a client of its stream at once. */
export const streamedMax = 10_000;

const pageSize = 10_000;
const atOnce = 1_000; // as many as are taken in without a frame being missed
const askEvery = 10_000;

interface Page {
  readonly subaccounts: readonly Standing[];
  readonly next?: string | null;
}

/**
 * Whether the key sees so many subaccounts that where they stand is asked for in pages, not told by the stream.
 */
export async function areMany(client: Pick<Client, 'get'>, signal: AbortSignal): Promise<boolean> {
  try {
    if ((await client.get<Status>('/v1/status', signal)).subaccounts <= streamedMax) return false;
    const own = await client.get<Page>(`/v1/subaccounts?limit=${pageSize}`, signal);
    return own.subaccounts.length > streamedMax || (own.next ?? null) !== null;
  } catch {
    return false; // a server that does not answer yet: the stream waits for it
  }
}

/** Asks where all subaccounts stand, page by page, again and again until it is stopped. */
export async function followStandings(client: Pick<Client, 'get'>, live: Live, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await readAll(client, live, signal);
    } catch {
      // The status says that the server does not answer; what is shown says how old it is.
    }
    await pause(askEvery);
  }
}

/** Reads every page once. */
export async function readAll(client: Pick<Client, 'get'>, live: Live, signal: AbortSignal): Promise<void> {
  let after: string | null = null;
  do {
    const from: string = after === null ? '' : `&after=${encodeURIComponent(after)}`;
    const page: Page = await client.get<Page>(`/v1/subaccounts?limit=${pageSize}${from}`, signal);
    for (let at = 0; at < page.subaccounts.length; at += atOnce) {
      live.takeStandings(page.subaccounts.slice(at, at + atOnce), Date.now());
      await pause(0);
    }
    after = page.next ?? null;
  } while (after !== null && !signal.aborted);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
