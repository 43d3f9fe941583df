import type { Feed } from '../api/types.ts';
import { none } from '../numbers/format.ts';
import { clock, span } from '../numbers/time.ts';
import { ModeBadge } from './ModeBadge.tsx';
import { Table } from './Table.tsx';

const oldSeconds = 15 * 60; // a surface of quotes that old is no longer fresh (METHODOLOGY 2.4)

/** Every source of prices, and how long ago it was heard by the engine's clock; what is old is said in words. */
export function Feeds({ feeds }: { feeds: readonly Feed[] }) {
  return (
    <Table
      caption="Feeds"
      rows={feeds}
      keyOf={(own) => own.source}
      empty="no feed is connected: nothing new can be seen"
      columns={[
        { head: 'Source', isHead: true, show: (own) => own.source },
        {
          head: 'State',
          show: (own) => (
            <>
              <ModeBadge mode={own.state} />
              {own.message && <span className="reason"> {own.message}</span>}
            </>
          ),
        },
        { head: 'Last seen', unit: 'UTC', show: (own) => clock(own.seenAt) },
        { head: 'Age', isNumber: true, show: (own) => <FeedAge seconds={own.ageSeconds} /> },
      ]}
    />
  );
}

function FeedAge({ seconds }: { seconds: number | undefined }) {
  if (seconds === undefined) return <>{none}</>;
  const age = span(1_000 * seconds);
  return seconds > oldSeconds ? <strong className="old">▲ {age}, old</strong> : <>{age}</>;
}
