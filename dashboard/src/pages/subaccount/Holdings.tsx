import type { Collateral, MarginReport, Position } from '../../api/types.ts';
import { cents, grouped, percent, significant } from '../../numbers/format.ts';
import { unitOf } from '../../numbers/instruments.ts';
import { Money } from '../../ui/Figure.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Table } from '../../ui/Table.tsx';

/** What is held: positions with mark, value and Greeks, and collateral with its haircut. */
export function Holdings({ report, dated }: { report: MarginReport; dated: { at: string; receivedAt: number } }) {
  return (
    <>
      <Panel
        title="Positions"
        lead="Value and Greeks are of the whole position; contributions sum to the core with those of the collateral."
        {...dated}
        wide
      >
        <Table<Position>
          caption="Positions"
          rows={report.positions}
          keyOf={(own) => own.instrument}
          empty="no position"
          columns={[
            { head: 'Instrument', isHead: true, show: (own) => own.instrument },
            {
              head: 'Quantity',
              isNumber: true,
              show: (own) => (
                <>
                  {grouped(own.quantity)} <span className="unit">{unitOf(own.instrument)}</span>
                </>
              ),
            },
            { head: 'Mark', unit: 'USD', isNumber: true, show: (own) => cents(own.markPrice) },
            { head: 'Value', unit: 'USD', isNumber: true, show: (own) => <Money value={own.markValue} /> },
            { head: 'Contribution', unit: 'USD', isNumber: true, show: (own) => <Money value={own.componentLoss} /> },
            { head: 'Delta', unit: 'coin', isNumber: true, show: (own) => significant(own.delta, 5) },
            { head: 'Gamma', unit: 'per USD', isNumber: true, show: (own) => significant(own.gamma, 4) },
            { head: 'Vega', unit: 'USD per 1.00', isNumber: true, show: (own) => cents(own.vega) },
            { head: 'Theta', unit: 'USD a day', isNumber: true, show: (own) => cents(own.theta) },
          ]}
        />
      </Panel>
      <Panel title="Collateral" lead="Value after haircut, and what the haircut is made of." {...dated} wide>
        <Table<Collateral>
          caption="Collateral"
          rows={report.collateral}
          keyOf={(own) => `${own.asset}/${own.chain ?? ''}/${own.bridge}`}
          empty="no collateral"
          columns={[
            {
              head: 'Asset',
              isHead: true,
              show: (own) => `${own.asset}${own.chain ? ` on ${own.chain}` : ''}`,
            },
            { head: 'Bridge', show: (own) => own.bridge },
            { head: 'Quantity', unit: 'of the asset', isNumber: true, show: (own) => grouped(own.quantity) },
            { head: 'Price', unit: 'USD', isNumber: true, show: (own) => cents(own.price) },
            { head: 'Haircut', unit: '%', isNumber: true, show: (own) => percent(own.haircutFraction) },
            { head: 'Because', show: (own) => haircutOf(own) },
            { head: 'Value', unit: 'USD', isNumber: true, show: (own) => <Money value={own.value} /> },
            { head: 'Contribution', unit: 'USD', isNumber: true, show: (own) => <Money value={own.componentLoss} /> },
          ]}
        />
      </Panel>
    </>
  );
}

// Market, drawdown and peg have joined to that of the asset: they would count twice.
function haircutOf(own: Collateral): string {
  const parts = Object.entries(own.haircutParts)
    .filter(([name, value]) => !['market', 'drawdown', 'peg'].includes(name) && !/^0(\.0*)?$/.test(value))
    .map(([name, value]) => `${name} ${percent(value)} %`);
  return parts.length === 0 ? 'counts at par' : parts.join(', ');
}
