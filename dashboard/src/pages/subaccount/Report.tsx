import type { ReactNode } from 'react';
import type { Resource } from '../../api/resource.ts';
import type { MarginReport, Standing, Status } from '../../api/types.ts';
import { Findings } from '../../ui/Findings.tsx';
import { ProblemNotice, Waiting } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Contributions } from './Contributions.tsx';
import { Cures } from './Cures.tsx';
import { Decays } from './Decays.tsx';
import { Distances } from './Distances.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { Holdings } from './Holdings.tsx';
import { Proof } from './Proof.tsx';
import { Sensitivities } from './Sensitivities.tsx';
import { Totals } from './Totals.tsx';
import { Waterfall } from './Waterfall.tsx';
import { WhatIf } from './whatif/WhatIf.tsx';
import { WorstScenarios } from './WorstScenarios.tsx';

/** The report of a subaccount, panel by panel; what stands in the explanation follows when it has been worked out. */
export function Report(props: {
  id: string;
  report: MarginReport;
  receivedAt: number;
  explained: Resource<MarginReport>;
  standing: Standing | undefined;
  ladder: NonNullable<Status['ladder']>;
}) {
  const { id, report, receivedAt, explained, standing, ladder } = props;
  const stage = standing?.stage ?? report.stage;
  const dated = { at: report.at, receivedAt };
  const why = { at: explained.value?.at, receivedAt: explained.receivedAt, busy: explained.isLoading };
  return (
    <>
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
        <Distances report={report} standing={standing} explained={explained.value} ladder={ladder} />
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
      <Panel title="Inputs" lead="Equal inputs give equal digests: anybody can recompute this report." {...dated} wide>
        <Proof report={report} />
      </Panel>
    </>
  );
}

function Explained(props: { of: Resource<MarginReport>; show(report: MarginReport): ReactNode }) {
  const { of, show } = props;
  if (of.value !== null) return show(of.value);
  return of.problem ? <ProblemNotice problem={of.problem} retry={of.refresh} /> : <Waiting what="the explanation" />;
}
