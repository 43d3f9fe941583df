import { useMemo } from 'react';
import { useResource } from '../../api/resource.ts';
import { useSession, useStanding, useStatus } from '../../api/session.tsx';
import type { MarginReport } from '../../api/types.ts';
import { AccountPicker } from '../../ui/AccountPicker.tsx';
import { Findings } from '../../ui/Findings.tsx';
import { Empty, ProblemNotice, Waiting } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StageBadge, stageMeaning } from '../../ui/StageBadge.tsx';
import { Contributions } from './Contributions.tsx';
import { Cures } from './Cures.tsx';
import { Decays } from './Decays.tsx';
import { Distances } from './Distances.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { Holdings } from './Holdings.tsx';
import { Proof } from './Proof.tsx';
import { Sensitivities } from './Sensitivities.tsx';
import { InEffect, Totals } from './Totals.tsx';
import { Waterfall } from './Waterfall.tsx';
import { WhatIf } from './whatif/WhatIf.tsx';
import { WorstScenarios } from './WorstScenarios.tsx';

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
  if (report === null) {
    return (
      <>
        <h1 className="subject">{id}</h1>
        {margin.problem ? (
          <ProblemNotice problem={margin.problem} retry={margin.refresh} />
        ) : (
          <Waiting what="the margin" />
        )}
      </>
    );
  }

  const dated = { at: report.at, receivedAt: margin.receivedAt };
  const why = { at: explained.value?.at, receivedAt: explained.receivedAt, busy: explained.isLoading };
  const stage = standing?.stage ?? report.stage;
  return (
    <>
      <div className="subject-line">
        <h1 className="subject">{id}</h1>
        <span role="status">
          <StageBadge stage={stage} />
        </span>
        <span className="note">{stageMeaning(stage)}</span>
      </div>
      {margin.problem && <ProblemNotice problem={margin.problem} retry={margin.refresh} />}
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
        <Panel
          title="What is asked"
          lead="As computed at this instant, without memory: what the command prints."
          {...dated}
          wide
        >
          <Totals report={report} explained={explained.value} />
        </Panel>
        <Panel
          title="Distance to each stage"
          lead="How much equity may be lost before a rung of the ladder is reached, and the price that alone would do it."
          {...dated}
        >
          <Distances report={report} standing={standing} explained={explained.value} ladder={status?.ladder ?? []} />
        </Panel>
        <div className="stack">
          <Panel
            title="Cheapest way out"
            lead="The smallest change of each kind that covers a requirement, margined in full with its cost."
            {...why}
          >
            <Explained of={explained} show={(own) => <Cures report={own} stage={stage} />} />
          </Panel>
          <Contributions report={report} dated={dated} />
        </div>
        <Waterfall report={report} dated={dated} />
        <WhatIf report={report} />
        <HistoryPanel id={id} stamp={report.at} />
        <Panel title="Sensitivities" lead="Greeks of the whole book, by underlying and expiry." {...dated}>
          <Sensitivities report={report} />
        </Panel>
        <Panel title="Margin ahead" lead="Margins if nothing moves and only time passes." {...why}>
          <Explained of={explained} show={(own) => <Decays report={own} />} />
        </Panel>
        <Panel
          title="Worst scenarios"
          {...why}
          wide
          lead="Named scenarios and the tail of the drawn ones; losses in USD."
        >
          <Explained of={explained} show={(own) => <WorstScenarios report={own} />} />
        </Panel>
        <Holdings report={report} dated={dated} />
        <Panel
          title="Findings"
          lead="What was missing, stale, substituted or doubtful, and what it costs this account."
          {...dated}
          wide
        >
          <Findings caption="Findings of the report" findings={report.findings} />
        </Panel>
        <Panel
          title="Inputs"
          lead="Equal inputs give equal digests: anybody can recompute this report."
          {...dated}
          wide
        >
          <Proof report={report} />
        </Panel>
      </div>
    </>
  );
}

function Explained(props: {
  of: ReturnType<typeof useResource<MarginReport>>;
  show(report: MarginReport): React.ReactNode;
}) {
  const { of, show } = props;
  if (of.value !== null) return show(of.value);
  return of.problem ? <ProblemNotice problem={of.problem} retry={of.refresh} /> : <Waiting what="the explanation" />;
}
