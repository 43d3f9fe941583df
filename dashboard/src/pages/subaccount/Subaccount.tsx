import { useMemo } from 'react';
import { useResource } from '../../api/resource.ts';
import { useSession, useStanding, useStatus } from '../../api/session.tsx';
import type { MarginReport } from '../../api/types.ts';
import { AccountPicker } from '../../ui/AccountPicker.tsx';
import { Empty, ProblemNotice, Waiting } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StageBadge, stageMeaning } from '../../ui/StageBadge.tsx';
import { Report } from './Report.tsx';
import { InEffect } from './Totals.tsx';
import { Unmargined } from './Unmargined.tsx';

const marginEvery = 1_000;
const explainEvery = 10_000; // an explanation recomputes the margin hundreds of times

/** One subaccount: what is asked, why, how far away trouble is, and the cheapest way out. */
export default function Subaccount({ id }: { id: string | null }) {
  return (
    <div className="page">
      <AccountPicker page="subaccount" chosen={id} />
      {id === null ? <Empty>Choose a subaccount.</Empty> : <Account key={id} id={id} />}
    </div>
  );
}

function Account({ id }: { id: string }) {
  const { client, live } = useSession();
  const { status } = useStatus();
  const standing = useStanding(id);
  const path = `/v1/subaccounts/${encodeURIComponent(id)}`;
  const stamp = useMemo(() => ({ standing, valuedAt: status?.valuedAt }), [standing, status?.valuedAt]);
  const margin = useResource((signal) => client.get<MarginReport>(`${path}/margin`, signal), path, stamp, marginEvery);
  const explained = useResource(
    (signal) => client.get<MarginReport>(`${path}/explain`, signal),
    path,
    stamp,
    explainEvery,
  );
  const report = margin.value;
  const stage = standing?.stage ?? report?.stage;
  return (
    <>
      <div className="subject-line">
        <h1 className="subject">{id}</h1>
        {stage && (
          <>
            <span role="status">
              <StageBadge stage={stage} />
            </span>
            <span className="note">
              {stageMeaning(stage)}
              {standing?.liquidationLikely && '; liquidation within a day is likelier than one in five'}
            </span>
          </>
        )}
      </div>
      {standing?.refusals && <Unmargined refusals={standing.refusals} />}
      {margin.problem && <ProblemNotice problem={margin.problem} retry={margin.refresh} />}
      {report === null && !margin.problem && <Waiting what="the margin" />}
      <div className="grid">
        {standing && (
          <Panel
            title="What decides now"
            lead="Margins and haircuts may change only so fast; the stage follows from what is in effect."
            at={status?.valuedAt}
            receivedAt={live.heardAt}
            wide
          >
            <InEffect standing={standing} report={report} />
          </Panel>
        )}
        {report && (
          <Report
            id={id}
            report={report}
            receivedAt={margin.receivedAt}
            explained={explained}
            standing={standing}
            ladder={status?.ladder ?? []}
          />
        )}
      </div>
    </>
  );
}
