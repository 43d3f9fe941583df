import { useId, useState } from 'react';
import type { MarginReport, ScenarioLoss } from '../../api/types.ts';
import { cents } from '../../numbers/format.ts';
import { Money } from '../../ui/Figure.tsx';
import { Table } from '../../ui/Table.tsx';

const kinds = { named: 'Named', drawn: 'Drawn' } as const;

/** The scenarios that lose most, at the horizon of maintenance: by name, and of the distribution. */
export function WorstScenarios({ report }: { report: MarginReport }) {
  const [kind, setKind] = useState<keyof typeof kinds>('named');
  const name = useId();
  const core = report.explanation?.maintenance;
  if (core === undefined) return null;
  const rows: readonly ScenarioLoss[] = kind === 'named' ? core.worstDeterministic : core.worstDistribution;
  return (
    <>
      <fieldset className="choice">
        <legend className="hidden">Which scenarios</legend>
        {(Object.keys(kinds) as (keyof typeof kinds)[]).map((own) => (
          <label key={own}>
            <input type="radio" name={name} checked={kind === own} onChange={() => setKind(own)} />
            <span>{kinds[own]}</span>
          </label>
        ))}
      </fieldset>
      <Table
        caption="Worst scenarios"
        rows={rows}
        keyOf={(own) => String(own.id)}
        empty="no scenario loses"
        columns={[
          { head: 'Scenario', isHead: true, show: (own) => own.label },
          { head: 'Block', show: (own) => own.block },
          { head: 'Loss', unit: 'USD', isNumber: true, show: (own) => <Money value={own.loss} /> },
          { head: 'Counted', unit: 'USD', isNumber: true, show: (own) => cents(own.lossDampened) },
          { head: 'When', show: (own) => (own.time === 'Frozen' ? 'at once' : 'at the end') },
        ]}
      />
      <p className="note">
        Of {core.scenarioCount} scenarios at the horizon of maintenance: expected shortfall{' '}
        {cents(core.expectedShortfall)} ± {cents(core.standardError)}, value at risk {cents(core.valueAtRisk)} (95 %
        between {cents(core.valueAtRiskLow)} and {cents(core.valueAtRiskHigh)}) USD. Counted is the loss after dampening
        of extremes.
      </p>
    </>
  );
}
