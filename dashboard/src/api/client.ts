import type { Refusal } from './types.ts';

/** Why the server did not do what it was asked: problem details (RFC 9457), or that it was not reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly refusals: readonly Refusal[] = [],
  ) {
    super(message);
    this.name = 'Problem';
  }

  /** Whether the key itself was refused. */
  get isStranger(): boolean {
    return this.status === 401;
  }
}

const answerMilliseconds = 35_000; // the server gives up after 30 s

/** Asks the server with a key. */
export class Client {
  constructor(readonly key: string) {}

  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.ask<T>(path, { method: 'GET' }, signal);
  }

  post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
    return this.ask<T>(
      path,
      { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } },
      signal,
    );
  }

  private async ask<T>(path: string, request: RequestInit, signal?: AbortSignal): Promise<T> {
    const timeout = AbortSignal.timeout(answerMilliseconds);
    let answer: Response;
    try {
      answer = await fetch(path, {
        ...request,
        headers: { ...request.headers, Authorization: `Bearer ${this.key}` },
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        cache: 'no-store',
        credentials: 'omit',
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Problem(0, 'Unreachable', 'the server does not answer');
    }

    if (!answer.ok) throw await problemOf(answer);
    return (await answer.json()) as T;
  }
}

/** The problem that an answer holds. */
export async function problemOf(answer: Response): Promise<Problem> {
  try {
    const said = (await answer.json()) as { reason?: string; detail?: string; refusals?: readonly Refusal[] };
    return new Problem(answer.status, said.reason ?? 'Unknown', said.detail ?? answer.statusText, said.refusals);
  } catch {
    return new Problem(answer.status, 'Unknown', `the server answered ${answer.status}`);
  }
}
