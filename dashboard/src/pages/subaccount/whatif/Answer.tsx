import type { Comparison, MarginReport } from '../../../api/types.ts';
import { decimal, subtract, text } from '../../../numbers/decimal.ts';
import { grouped, none, signed } from '../../../numbers/format.ts';
import { Age } from '../../../ui/Age.tsx';
import { Money } from '../../../ui/Figure.tsx';
import { words } from '../../../ui/Findings.tsx';
import { StageBadge } from '../../../ui/StageBadge.tsx';
import { Table } from '../../../ui/Table.tsx';

type Total = 'equity' | 'initialMargin' | 'targetMargin' | 'maintenanceMargin' | 'excess';

const totals: readonly { readonly name: Total; readonly label: string }[] = [
  { name: 'equity', label: 'Equity' },
  { name: 'initialMargin', label: 'Initial margin' },
  { name: 'targetMargin', label: 'Target margin' },
  { name: 'maintenanceMargin', label: 'Maintenance margin' },
  { name: 'excess', label: 'Excess over initial margin' },
];

/** Before and after side by side, the difference exact, and which lines made it. */
export function Answer(props: { comparison: Comparison; receivedAt: number; isBehind: boolean }) {
  const { before, after, change } = props.comparison;
  const lines = change.lines.filter(
    (line) => decimal(line.initial).units !== 0n || decimal(line.maintenance).units !== 0n,
  );
  return (
    <div className="answer" aria-busy={props.isBehind} data-behind={props.isBehind}>
      <p className="answer-head">
        <StageBadge stage={before.stage} /> <span aria-hidden="true">→</span>
        <span className="hidden"> becomes </span>
        <span role="status" aria-label={`Stage after: ${after.stage}`}>
          <StageBadge stage={after.stage} />
        </span>
        <Age at={before.at} receivedAt={props.receivedAt} />
        {props.isBehind && <span className="note">the next answer is on its way …</span>}
      </p>
      <Table
        caption="What would become of the margin"
        rows={totals}
        keyOf={(own) => own.name}
        columns={[
          { head: 'USD', isHead: true, show: (own) => own.label },
          { head: 'Now', isNumber: true, show: (own) => <Money value={before[own.name]} /> },
          { head: 'Then', isNumber: true, show: (own) => <Money value={after[own.name]} /> },
          { head: 'Change', isNumber: true, show: (own) => signed(difference(before, after, own.name)) },
        ]}
        foot={
          <tr>
            <th scope="row">Margin ratio</th>
            <td className="right" data-label="Now">
              {ratioOf(before)}
            </td>
            <td className="right" data-label="Then">
              {ratioOf(after)}
            </td>
            <td aria-hidden="true" />
          </tr>
        }
      />
      <Table
        caption="Lines that change"
        rows={lines}
        keyOf={(line) => line.name}
        empty="no line of the margin changes"
        columns={[
          { head: 'Line', isHead: true, show: (line) => words(line.name) },
          { head: 'Initial', unit: 'USD', isNumber: true, show: (line) => signed(line.initial) },
          { head: 'Maintenance', unit: 'USD', isNumber: true, show: (line) => signed(line.maintenance) },
        ]}
      />
    </div>
  );
}

function difference(before: MarginReport, after: MarginReport, name: Total): string {
  return text(subtract(decimal(after[name]), decimal(before[name])));
}

function ratioOf(report: MarginReport): string {
  return report.marginRatio === null ? none : grouped(report.marginRatio);
}
