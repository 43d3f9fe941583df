import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from './client.ts';

/** An answer that a page shows, with when it arrived; an older one stays while a newer one is fetched. */
export interface Resource<T> {
  readonly value: T | null;
  readonly receivedAt: number;
  readonly problem: Problem | null;
  readonly isLoading: boolean;
  refresh(): void;
}

const afterLoss = 2_000;
const afterRefusal = 10_000;

interface Held<T> {
  readonly subject: string;
  readonly value: T | null;
  readonly receivedAt: number;
  readonly problem: Problem | null;
  readonly isLoading: boolean;
}

/**
 * Fetches what `load` asks for: anew when `subject` changes (what is shown is then another thing), again when `stamp`
 * changes (the same thing may be newer, at most once per `every` milliseconds, never twice at once), and on demand.
 * What the server cannot do now is asked for again after a while, and not at all where its refusal `isFinal`.
 */
export function useResource<T>(
  load: (signal: AbortSignal) => Promise<T>,
  subject: string,
  stamp: unknown = null,
  every = 1_000,
  isFinal: (problem: Problem) => boolean = () => false,
): Resource<T> {
  const [state, setState] = useState<Held<T>>(() => empty(subject));
  const loader = useRef(load);
  loader.current = load;
  const ends = useRef(isFinal);
  ends.current = isFinal;
  const again = useRef<(wait: boolean) => void>(() => undefined);
  useEffect(() => {
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isRunning = false;
    let isWanted = false;
    let begunAt = 0;
    let wait = every;
    const run = async () => {
      isRunning = true;
      isWanted = false;
      begunAt = Date.now();
      setState((before) => ({ ...(before.subject === subject ? before : empty<T>(subject)), isLoading: true }));
      const next = await outcome(loader.current, gone.signal);
      isRunning = false;
      if (gone.signal.aborted) return;
      setState((before) => ({ ...before, ...next, isLoading: false }));
      wait = waitAfter(next.problem ?? null, every, ends.current);
      if (isWanted || (next.problem && mayPass(next.problem))) want(true);
    };
    const want = (waits: boolean) => {
      isWanted = true;
      clearTimeout(timer);
      if (isRunning || (waits && wait === Infinity)) return;
      timer = setTimeout(run, waits ? Math.max(0, begunAt + wait - Date.now()) : 0);
    };
    again.current = want;
    void run();
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [subject, every]);
  const known = useRef(stamp);
  useEffect(() => {
    if (known.current === stamp) return;
    known.current = stamp;
    again.current(true);
  }, [stamp]);
  const refresh = useCallback(() => again.current(false), []);
  return { ...(state.subject === subject ? state : empty<T>(subject)), refresh };
}

// What is refused for what was asked may be asked otherwise at once; what the server cannot do, or does not know, not.
function waitAfter(problem: Problem | null, every: number, isFinal: (problem: Problem) => boolean): number {
  if (problem === null || problem.status === 400 || problem.status === 409) return every;
  if (isFinal(problem)) return Infinity;
  return Math.max(every, problem.status === 0 ? afterLoss : afterRefusal);
}

// A server that is not reached, or not ready, may be there in a moment.
function mayPass(problem: Problem): boolean {
  return problem.status === 0 || problem.status === 429 || problem.status >= 500;
}

async function outcome<T>(load: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<Partial<Held<T>>> {
  try {
    return { value: await load(signal), receivedAt: Date.now(), problem: null };
  } catch (error) {
    return { problem: error instanceof Problem ? error : new Problem(0, 'Defect', String(error)) };
  }
}

function empty<T>(subject: string): Held<T> {
  return { subject, value: null, receivedAt: 0, problem: null, isLoading: true };
}
