import type { MarginReport } from '../../api/types.ts';
import { cents, significant } from '../../numbers/format.ts';
import { dayOf } from '../../numbers/time.ts';
import { Table } from '../../ui/Table.tsx';

/** Greeks by underlying and expiry. */
export function Sensitivities({ report }: { report: MarginReport }) {
  return (
    <Table
      caption="Sensitivities"
      rows={report.sensitivities}
      keyOf={(own) => `${own.underlying}/${own.expiry ?? ''}`}
      empty="nothing is held that depends on a price"
      columns={[
        { head: 'Underlying', isHead: true, show: (own) => own.underlying },
        { head: 'Expiry', show: (own) => (own.expiry === null ? 'none' : dayOf(own.expiry)) },
        { head: 'Delta', unit: 'coin', isNumber: true, show: (own) => significant(own.delta, 6) },
        { head: 'Gamma', unit: 'per USD', isNumber: true, show: (own) => significant(own.gamma, 4) },
        { head: 'Vega', unit: 'USD per 1.00', isNumber: true, show: (own) => cents(own.vega) },
        { head: 'Theta', unit: 'USD a day', isNumber: true, show: (own) => cents(own.theta) },
      ]}
    />
  );
}
