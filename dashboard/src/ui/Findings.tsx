import type { Finding } from '../api/types.ts';
import { cents } from '../numbers/format.ts';
import { Table } from './Table.tsx';

/** What was missing, stale, substituted or doubtful, and what it costs. */
export function Findings({ findings, caption }: { findings: readonly Finding[]; caption: string }) {
  return (
    <Table
      caption={caption}
      rows={findings}
      keyOf={(_, index) => String(index)}
      empty="nothing was missing, stale, substituted or doubtful"
      columns={[
        { head: 'Kind', isHead: true, show: (own) => words(own.kind) },
        { head: 'About', show: (own) => own.subject },
        { head: 'What was found and what was done', show: (own) => own.message },
        { head: 'Costs', unit: 'USD', isNumber: true, show: (own) => cents(own.cost) },
      ]}
    />
  );
}

/** A name of code, such as MissingInput, in words. */
export function words(name: string): string {
  const spaced = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
