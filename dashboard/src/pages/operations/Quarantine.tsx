import type { Status } from '../../api/types.ts';
import { count, none, number } from '../../numbers/format.ts';
import { words } from '../../ui/Findings.tsx';
import { ModeBadge } from '../../ui/ModeBadge.tsx';
import { Empty, Waiting } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Table } from '../../ui/Table.tsx';

/** What was refused of the feeds, by source and reason, and which sources an index was made of. */
export function Quarantine({ status, receivedAt }: { status: Status | null; receivedAt: number }) {
  return (
    <Panel
      title="Quarantine"
      lead="Messages of feeds that were not believed: they are kept aside and change nothing."
      at={status?.at}
      receivedAt={receivedAt}
    >
      {status === null ? (
        <Waiting what="the status" />
      ) : status.rejected === undefined ? (
        <Empty>
          No live venue is heard. A recorded market is accepted whole or refused whole before the server starts, so
          nothing can be in quarantine.
        </Empty>
      ) : (
        <Table
          caption="Refused messages"
          rows={status.rejected}
          keyOf={(own) => `${own.source}/${own.stage}/${own.reason}`}
          empty="every message was believed"
          columns={[
            { head: 'Source', isHead: true, show: (own) => own.source },
            { head: 'Where', show: (own) => words(own.stage) },
            { head: 'Why', show: (own) => words(own.reason) },
            { head: 'Refused', unit: 'messages', isNumber: true, show: (own) => count(own.count) },
          ]}
        />
      )}
      {status?.indices && (
        <Table
          caption="Indices of several sources"
          rows={status.indices}
          keyOf={(own) => own.underlying}
          empty="no index is made yet"
          columns={[
            { head: 'Index of', isHead: true, show: (own) => own.underlying },
            { head: 'Mode', show: (own) => <ModeBadge mode={own.mode} /> },
            { head: 'Price', unit: 'USD', isNumber: true, show: (own) => number(own.indexUsd, 2) },
            { head: 'Made of', show: (own) => own.used.join(', ') || none },
            {
              head: 'Left out',
              show: (own) => own.leftOut.map((other) => `${other.source}: ${other.message}`).join('; ') || none,
            },
          ]}
        />
      )}
    </Panel>
  );
}
