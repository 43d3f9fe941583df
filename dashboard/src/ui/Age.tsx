import { useSyncExternalStore } from 'react';
import { useStatus } from '../api/session.tsx';
import { between, clock, span } from '../numbers/time.ts';

const staleAfter = 15 * 60_000; // a surface older than this is no longer fresh (METHODOLOGY 2.4)

let now = Math.floor(Date.now() / 1_000);
const listeners = new Set<() => void>();
setInterval(() => {
  now = Math.floor(Date.now() / 1_000);
  listeners.forEach((listener) => listener());
}, 1_000);

/** Seconds of the local clock, told once a second. */
export function useSeconds(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => now,
  );
}

/**
 * When something was valued, how old that is by the engine's clock, and how long ago this page heard of it. Old is said
 * in words, not in colour alone.
 */
export function Age({ at, receivedAt }: { at?: string | null | undefined; receivedAt?: number }) {
  const seconds = useSeconds();
  const { status } = useStatus();
  const age = between(at, status?.at);
  const heard = receivedAt ? Math.max(0, seconds * 1_000 - receivedAt) : null;
  const isOld = age !== null && age > staleAfter && heard !== null && heard > 10_000;
  return (
    <span className={isOld ? 'age age-old' : 'age'}>
      {at ? (
        <>
          as of <time dateTime={at}>{clock(at)}</time> UTC
        </>
      ) : (
        'not valued yet'
      )}
      {age !== null && age >= 1_000 && <>, {span(age)} behind the engine</>}
      {heard !== null && <>, received {span(heard)} ago</>}
      {isOld && <strong> – old</strong>}
    </span>
  );
}
