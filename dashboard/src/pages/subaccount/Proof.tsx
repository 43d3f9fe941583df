import type { MarginReport } from '../../api/types.ts';
import { Table } from '../../ui/Table.tsx';

const meanings: Record<string, string> = {
  market: 'prices and quotes it was valued with',
  parameters: 'governed constants',
  scenarios: 'both scenario sets',
  portfolio: 'positions, collateral, orders',
  report: 'the report itself',
};

/** Digests of the report and of what went into it. */
export function Proof({ report }: { report: MarginReport }) {
  return (
    <>
      <Table
        caption="Digests"
        rows={Object.entries(report.digests)}
        keyOf={([name]) => name}
        columns={[
          { head: 'Of', isHead: true, show: ([name]) => name },
          { head: 'What it is', show: ([name]) => meanings[name] ?? '' },
          { head: 'SHA-256', show: ([, digest]) => <code className="digest">{digest}</code> },
        ]}
      />
      <p className="note">
        Version {report.parameterVersion} of the parameters; version {report.version} of the report’s form.
      </p>
    </>
  );
}
