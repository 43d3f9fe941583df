import type { Cure, MarginReport, Stage } from '../../api/types.ts';
import { cents, grouped } from '../../numbers/format.ts';
import { words } from '../../ui/Findings.tsx';
import { Empty } from '../../ui/Notice.tsx';
import { Table } from '../../ui/Table.tsx';

/** Ways to cover what is short, the cheapest of each requirement first. */
export function Cures({ report, stage }: { report: MarginReport; stage: Stage }) {
  const cures = report.explanation?.cures ?? [];
  if (cures.length === 0) {
    return (
      <Empty>
        Equity covers initial, target and maintenance margin as computed: there is nothing to cure.
        {stage !== 'Healthy' &&
          ' The stage follows from what is in effect, which comes after as limits of speed allow.'}
      </Empty>
    );
  }
  return (
    <>
      <Table<Cure>
        caption="Ways to cover margin"
        rows={cures}
        keyOf={(own, index) => `${own.requirement}/${own.kind}/${own.instrument ?? ''}/${index}`}
        columns={[
          { head: 'Covers', isHead: true, show: (own) => `${words(own.requirement)} margin` },
          { head: 'How', show: (own) => howOf(own) },
          { head: 'Amount', unit: 'USD', isNumber: true, show: (own) => cents(own.amount) },
          { head: 'Cost', unit: 'USD', isNumber: true, show: (own) => cents(own.cost) },
          { head: 'Short of it then', unit: 'USD', isNumber: true, show: (own) => cents(own.remaining) },
          { head: 'Cures', show: (own) => (own.isCured ? '✓ yes' : '✗ no') },
        ]}
      />
      <p className="note">
        A negative shortfall is room to spare. Lots of a reduction in proportion are thousandths of the book.
      </p>
    </>
  );
}

function howOf(own: Cure): string {
  switch (own.kind) {
    case 'Deposit':
      return 'deposit';
    case 'ProportionalReduction':
      return `reduce everything by ${grouped(own.lots)} ‰`;
    default:
      return `${words(own.kind).toLowerCase()}: ${grouped(own.lots)} lots of ${own.instrument ?? 'the book'}`;
  }
}
