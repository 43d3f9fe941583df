import type { MarginReport } from '../../api/types.ts';
import { Money } from '../../ui/Figure.tsx';
import { Table } from '../../ui/Table.tsx';

/** Margins in some hours if nothing moves. */
export function Decays({ report }: { report: MarginReport }) {
  return (
    <Table
      caption="Margin ahead if nothing moves"
      rows={report.explanation?.decay ?? []}
      keyOf={(own) => String(own.hours)}
      empty="nothing is held whose margin changes with time"
      columns={[
        { head: 'In', isHead: true, show: (own) => (own.hours < 48 ? `${own.hours} h` : `${own.hours / 24} days`) },
        { head: 'Initial', unit: 'USD', isNumber: true, show: (own) => <Money value={own.initial} /> },
        { head: 'Maintenance', unit: 'USD', isNumber: true, show: (own) => <Money value={own.maintenance} /> },
      ]}
    />
  );
}
