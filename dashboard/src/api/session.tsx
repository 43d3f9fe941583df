import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Client, Problem } from './client.ts';
import { Live } from './live.ts';
import { areMany, followStandings } from './standings.ts';
import { browser, Stream } from './stream.ts';
import type { Market, Standing, Status } from './types.ts';

/** What every page works with: a key's client, what its stream tells, the status of the server. */
export interface Session {
  readonly client: Client;
  readonly live: Live;
}

interface Heard {
  readonly status: Status | null;
  readonly problem: Problem | null;
  readonly receivedAt: number;
}

const SessionContext = createContext<Session | null>(null);
const StatusContext = createContext<Heard>({ status: null, problem: null, receivedAt: 0 });
const statusEvery = 2_000;

/** Keeps a session while a key is in use. */
export function SessionProvider(props: { apiKey: string; refused(why: string): void; children: ReactNode }) {
  const { apiKey, refused, children } = props;
  const session = useMemo<Session>(() => ({ client: new Client(apiKey), live: new Live() }), [apiKey]);
  useEffect(() => {
    const gone = new AbortController();
    let stream: Stream | null = null;
    const follow = async () => {
      const isMany = await areMany(session.client, gone.signal);
      if (gone.signal.aborted) return;
      stream = new Stream(
        apiKey,
        browser,
        {
          events: (events) => session.live.take(events, Date.now()),
          begunAnew: () => session.live.clear(),
          link: (link) => {
            session.live.takeLink(link);
            if (link.kind === 'refused') refused(link.why);
          },
        },
        isMany ? ['market', 'action', 'report'] : [],
      );
      void stream.run();
      if (isMany) void followStandings(session.client, session.live, gone.signal);
    };
    void follow();
    return () => {
      gone.abort();
      stream?.stop();
    };
  }, [apiKey, session, refused]);
  const heard = useStatusOf(session.client);
  return (
    <SessionContext value={session}>
      <StatusContext value={heard}>{children}</StatusContext>
    </SessionContext>
  );
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('no session');
  return session;
}

/** The newest status of the server, and when it arrived. */
export function useStatus(): Heard {
  return useContext(StatusContext);
}

/** Tells a component once per frame in which something has changed. */
export function useLive(): Live {
  const { live } = useSession();
  useSyncExternalStore(live.subscribe, () => live.version);
  return live;
}

/** Where one subaccount stands; undefined before the stream has told. */
export function useStanding(id: string): Standing | undefined {
  const { live } = useSession();
  return useSyncExternalStore(
    (listener) => live.subscribeTo(id, listener),
    () => live.standings.get(id),
  );
}

/** Markets in order of name. */
export function marketsOf(live: Live): Market[] {
  return [...live.markets.values()].sort((left, right) => (left.underlying < right.underlying ? -1 : 1));
}

function useStatusOf(client: Client): Heard {
  const [heard, setHeard] = useState<Heard>({ status: null, problem: null, receivedAt: 0 });
  useEffect(() => {
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      try {
        const status = await client.get<Status>('/v1/status', gone.signal);
        setHeard({ status, problem: null, receivedAt: Date.now() });
      } catch (error) {
        if (gone.signal.aborted) return;
        if (error instanceof Problem) setHeard((before) => ({ ...before, problem: error }));
      }
      if (!gone.signal.aborted) timer = setTimeout(ask, statusEvery);
    };
    void ask();
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, [client]);
  return heard;
}
