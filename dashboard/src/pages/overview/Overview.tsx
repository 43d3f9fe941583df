import { useState } from 'react';
import { marketsOf, useLive, useStatus } from '../../api/session.tsx';
import { stages, type Stage } from '../../api/types.ts';
import { text } from '../../numbers/decimal.ts';
import { count, number } from '../../numbers/format.ts';
import { Feeds } from '../../ui/Feeds.tsx';
import { Figure, Figures, Money } from '../../ui/Figure.tsx';
import { ModeBadge } from '../../ui/ModeBadge.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StageBadge } from '../../ui/StageBadge.tsx';
import { Table } from '../../ui/Table.tsx';
import { linkTo } from '../../app/route.ts';
import { AccountsTable } from './AccountsTable.tsx';

/** Margin and equity of all that the key sees, where everybody stands, markets and feeds with their age. */
export default function Overview() {
  const live = useLive();
  const { status, receivedAt } = useStatus();
  const [stage, setStage] = useState<Stage | null>(null);
  return (
    <div className="page">
      <h1>Overview</h1>
      <div className="grid">
        <Panel
          title="Margin and equity"
          lead="Sums over every subaccount that the key sees; margins in effect, after the limits of their speed."
          at={status?.valuedAt}
          receivedAt={live.heardAt}
          wide
        >
          <Figures>
            <Figure
              label="Equity"
              size="great"
              value={<Money value={text(live.totals.equity)} />}
              unit="USD"
              reason="collateral after haircut, options at their value, unrealised gains"
            />
            <Figure
              label="Initial margin"
              size="great"
              value={<Money value={text(live.totals.initial)} />}
              unit="USD"
              reason="needed to open or to withdraw"
            />
            <Figure
              label="Maintenance margin"
              size="great"
              value={<Money value={text(live.totals.maintenance)} />}
              unit="USD"
              reason="below it liquidation may begin"
            />
            <Figure
              label="Subaccounts"
              size="great"
              value={count(live.members)}
              unit={live.members === 1 ? 'account' : 'accounts'}
              reason={status ? `${count(status.subaccounts)} in the ledger` : 'told by the stream'}
            />
          </Figures>
          <StageCounts byStage={live.totals.byStage} chosen={stage} choose={setStage} />
        </Panel>
        <Panel
          title="Markets"
          lead="Index and state of each underlying, as valued last."
          at={status?.valuedAt}
          receivedAt={live.heardAt}
        >
          <Table
            caption="Markets"
            rows={marketsOf(live)}
            keyOf={(own) => own.underlying}
            empty="no market is valued yet"
            columns={[
              {
                head: 'Underlying',
                isHead: true,
                show: (own) => <a href={linkTo('surface', own.underlying)}>{own.underlying}</a>,
              },
              { head: 'Index', unit: 'USD', isNumber: true, show: (own) => number(own.indexUsd, 2) },
              { head: 'Mode', show: (own) => <ModeBadge mode={own.mode} /> },
              { head: 'Surface', show: (own) => <ModeBadge mode={own.surface} /> },
              {
                head: 'Realised volatility',
                unit: '% p.a.',
                isNumber: true,
                show: (own) => number(own.volatilityAnnual === undefined ? null : 100 * own.volatilityAnnual, 1),
              },
            ]}
          />
        </Panel>
        <Panel
          title="Feeds"
          lead="When each source was heard last, by the engine's clock."
          at={status?.at}
          receivedAt={receivedAt}
        >
          <Feeds feeds={status?.feeds ?? []} />
        </Panel>
        <AccountsTable live={live} stage={stage} choose={setStage} />
      </div>
    </div>
  );
}

// How many stand on each rung; a press shows only those in the table below, another press everybody again.
function StageCounts(props: {
  byStage: ReadonlyMap<Stage, number>;
  chosen: Stage | null;
  choose(stage: Stage | null): void;
}) {
  const { byStage, chosen, choose } = props;
  return (
    <ul className="stage-counts" aria-label="Subaccounts by stage">
      {stages.map((stage) => (
        <li key={stage}>
          <button
            type="button"
            className="stage-count"
            aria-pressed={stage === chosen}
            title="Show only these in the table below"
            onClick={() => choose(stage === chosen ? null : stage)}
          >
            <StageBadge stage={stage} /> <span className="number">{count(byStage.get(stage) ?? 0)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
