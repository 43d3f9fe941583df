import { useId, useState } from 'react';
import { useResource } from '../../api/resource.ts';
import { useSession, useStatus } from '../../api/session.tsx';
import type { Distribution, LossHorizon } from '../../api/answers.ts';
import { cents, count, percent } from '../../numbers/format.ts';
import { AccountPicker } from '../../ui/AccountPicker.tsx';
import { Figure, Figures, Money } from '../../ui/Figure.tsx';
import { words } from '../../ui/Findings.tsx';
import { Empty, ProblemNotice, Waiting } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Histogram } from './Histogram.tsx';
import { LossTable } from './LossTable.tsx';
import { Sets } from './Sets.tsx';

const distributionEvery = 5_000;

/** What a subaccount may lose: the distribution, its tail by name, and the scenario sets that it is made of. */
export default function Scenarios({ id }: { id: string | null }) {
  return (
    <div className="page">
      <AccountPicker page="scenarios" chosen={id} />
      <div className="subject-line">
        <h1 className="subject">{id === null ? 'Scenarios' : `Losses of ${id}`}</h1>
      </div>
      <div className="grid">
        {id === null ? (
          <Panel title="Distribution of losses" wide>
            <Empty>Choose a subaccount to see its losses.</Empty>
          </Panel>
        ) : (
          <Losses key={id} id={id} />
        )}
        <Sets />
      </div>
    </div>
  );
}

function Losses({ id }: { id: string }) {
  const { client } = useSession();
  const { status } = useStatus();
  const [chosen, setChosen] = useState<LossHorizon['horizon']>('Maintenance');
  const path = `/v1/subaccounts/${encodeURIComponent(id)}/distribution`;
  const answer = useResource(
    (signal) => client.get<Distribution>(path, signal),
    path,
    status?.valuedAt,
    distributionEvery,
  );
  const horizon = answer.value?.horizons.find((own) => own.horizon === chosen);
  const dated = { at: answer.value?.at, receivedAt: answer.receivedAt };
  return (
    <>
      <Panel
        title="Distribution of losses"
        lead="Weighted losses of the drawn scenarios; a gain is a loss below zero. Lines mark value at risk and expected shortfall."
        {...dated}
        wide
        actions={<HorizonChoice chosen={chosen} choose={setChosen} />}
      >
        {answer.problem && <ProblemNotice problem={answer.problem} retry={answer.refresh} />}
        {horizon === undefined ? (
          !answer.problem && <Waiting what="the distribution" />
        ) : (
          <>
            <HorizonFigures horizon={horizon} />
            <Histogram horizon={horizon} />
          </>
        )}
      </Panel>
      {horizon && (
        <>
          <Panel
            title="The tail by name"
            lead="The scenarios that expected shortfall averages, the worst first, with their part of it."
            {...dated}
            wide
          >
            <LossTable caption="The tail by name" losses={horizon.tail} />
          </Panel>
          <Panel
            title="Named scenarios"
            lead="Past crashes (C), the grid of prices and volatilities (D) and hypothetical ones (E), the worst first."
            {...dated}
            wide
          >
            <LossTable caption="Named scenarios" losses={horizon.deterministic} />
          </Panel>
        </>
      )}
    </>
  );
}

function HorizonFigures({ horizon }: { horizon: LossHorizon }) {
  return (
    <Figures>
      <Figure
        label="Core"
        size="great"
        value={<Money value={horizon.core} />}
        unit="USD"
        reason={`the greatest of three; ${words(horizon.binding).toLowerCase()} binds`}
      />
      <Figure
        label={`Expected shortfall at ${percent(horizon.expectedShortfallLevel, 1)} %`}
        size="great"
        value={<Money value={horizon.expectedShortfall} />}
        unit="USD"
        reason={`mean of the worst losses, ± ${cents(horizon.standardError)} standard error`}
      />
      <Figure
        label={`Value at risk at ${percent(horizon.valueAtRiskLevel, 1)} %`}
        size="great"
        value={<Money value={horizon.valueAtRisk} />}
        unit="USD"
        reason={`95 % between ${cents(horizon.valueAtRiskLow)} and ${cents(horizon.valueAtRiskHigh)}`}
      />
      <Figure
        label="Scenarios"
        size="great"
        value={count(horizon.scenarioCount)}
        unit="of all blocks"
        reason={`horizon of ${horizon.horizon.toLowerCase()} margin`}
      />
    </Figures>
  );
}

function HorizonChoice(props: { chosen: LossHorizon['horizon']; choose(horizon: LossHorizon['horizon']): void }) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend className="hidden">Horizon</legend>
      {(['Maintenance', 'Initial'] as const).map((own) => (
        <label key={own}>
          <input type="radio" name={name} checked={props.chosen === own} onChange={() => props.choose(own)} />
          <span>{own}</span>
        </label>
      ))}
    </fieldset>
  );
}
