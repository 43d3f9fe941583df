import { useResource } from '../../api/resource.ts';
import { marketsOf, useLive, useSession, useStatus } from '../../api/session.tsx';
import type { Markets } from '../../api/types.ts';
import { count, number } from '../../numbers/format.ts';
import { clock } from '../../numbers/time.ts';
import { Feeds } from '../../ui/Feeds.tsx';
import { Figure, Figures } from '../../ui/Figure.tsx';
import { Findings } from '../../ui/Findings.tsx';
import { ModeBadge, modeMeaning } from '../../ui/ModeBadge.tsx';
import { ProblemNotice, Waiting } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Table } from '../../ui/Table.tsx';
import { Happenings } from './Happenings.tsx';
import { Journal } from './Journal.tsx';
import { Quarantine } from './Quarantine.tsx';

const findingsEvery = 5_000;

/** Whether the system is well: modes of markets, feeds and what was refused of them, findings, queue and journal. */
export default function Operations() {
  const { client } = useSession();
  const live = useLive();
  const { status, receivedAt } = useStatus();
  const markets = useResource(
    (signal) => client.get<Markets>('/v1/markets', signal),
    'markets',
    status?.valuedAt,
    findingsEvery,
  );
  return (
    <div className="page">
      <h1>Markets and operations</h1>
      <div className="grid">
        <Panel
          title="Markets"
          lead="What may be done in each, and why."
          at={status?.valuedAt}
          receivedAt={live.heardAt}
          wide
        >
          <Table
            caption="Markets and modes"
            rows={marketsOf(live)}
            keyOf={(own) => own.underlying}
            empty="no market is valued yet"
            columns={[
              { head: 'Underlying', isHead: true, show: (own) => own.underlying },
              { head: 'Mode', show: (own) => <ModeBadge mode={own.mode} /> },
              { head: 'It means', show: (own) => modeMeaning(own.mode) },
              { head: 'Index', unit: 'USD', isNumber: true, show: (own) => number(own.indexUsd, 2) },
              { head: 'Surface', show: (own) => <ModeBadge mode={own.surface} /> },
              { head: 'Surface of', unit: 'UTC', show: (own) => clock(own.surfaceAt) },
              { head: 'Listed', unit: 'instruments', isNumber: true, show: (own) => count(own.instruments) },
            ]}
          />
        </Panel>
        <div className="stack">
          <Panel
            title="Feeds"
            lead="Who tells prices, and when each was heard last by the engine’s clock."
            at={status?.at}
            receivedAt={receivedAt}
          >
            <Feeds feeds={status?.feeds ?? []} />
          </Panel>
          <Quarantine status={status} receivedAt={receivedAt} />
          <Journal status={status} receivedAt={receivedAt} />
        </div>
        <div className="stack">
          <Panel title="Engine" at={status?.at} receivedAt={receivedAt}>
            {status ? (
              <Figures>
                <Figure
                  label="Events applied"
                  value={count(status.sequence)}
                  unit="events"
                  reason="sequence of the engine: every change has one"
                />
                <Figure
                  label="Waiting"
                  value={count(status.queue.waiting)}
                  unit="events"
                  reason={`of at most ${count(status.queue.waitingMax)}; beyond it commands are refused`}
                />
                <Figure
                  label="Refused for a full queue"
                  value={count(status.queue.refusedFull)}
                  unit="commands"
                  reason="since the start: they were not taken, and said so"
                />
                <Figure
                  label="State"
                  value={status.stopped === null ? '● Running' : '■ Stopped'}
                  unit=""
                  reason={status.stopped ?? 'takes commands and values markets'}
                />
              </Figures>
            ) : (
              <Waiting what="the status" />
            )}
          </Panel>
          <Happenings happenings={live.happenings} />
        </div>
        <Panel
          title="Findings of the market"
          lead="What inputs lack, and what was done instead."
          wide
          at={markets.value?.at}
          receivedAt={markets.receivedAt}
        >
          {markets.problem && <ProblemNotice problem={markets.problem} retry={markets.refresh} />}
          {markets.value ? (
            <Findings caption="Findings of the market" findings={markets.value.findings} />
          ) : (
            <Waiting what="the findings" />
          )}
        </Panel>
      </div>
    </div>
  );
}
