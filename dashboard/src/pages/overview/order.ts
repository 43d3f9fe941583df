import { useCallback, useEffect, useRef, useState } from 'react';
import type { Live } from '../../api/live.ts';
import type { Standing } from '../../api/types.ts';

const sortedAlwaysMax = 2_000; // more rows keep their order until somebody asks: a sort must not take a frame
const renewEvery = 1_000;

/** The standings that the table is ordered by: renewed once a second, or on demand where there are very many. */
export function useOrder(live: Live): { standings: readonly Standing[]; isKept: boolean; renew(): void } {
  const [standings, setStandings] = useState<readonly Standing[]>(() => [...live.standings.values()]);
  const renewedAt = useRef({ version: -1, members: 0 });
  const renew = useCallback(() => {
    renewedAt.current = { version: live.version, members: live.members };
    setStandings([...live.standings.values()]);
  }, [live]);
  useEffect(() => {
    const look = () => {
      const known = renewedAt.current;
      const isDue =
        live.members !== known.members || (live.version !== known.version && live.members <= sortedAlwaysMax);
      if (isDue) renew();
    };
    look();
    const first = live.subscribe(() => {
      if (renewedAt.current.members === 0) look();
    });
    const timer = setInterval(look, renewEvery);
    return () => {
      first();
      clearInterval(timer);
    };
  }, [live, renew]);
  return { standings, isKept: live.members > sortedAlwaysMax, renew };
}
