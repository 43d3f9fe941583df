import type { Finding } from '../api/types.ts';
import { cents } from '../numbers/format.ts';
import { Table } from './Table.tsx';

const openMax = 6; // as many as do not push the rest of a page away

/**
 * What was missing, stale, substituted or doubtful, and what it costs: what costs something first, the rest behind a
 * line that says how many there are.
 */
export function Findings({ findings, caption }: { findings: readonly Finding[]; caption: string }) {
  if (findings.length <= openMax) return <FindingTable findings={findings} caption={caption} />;
  const [costly, free] = [
    findings.filter((own) => own.cost !== undefined),
    findings.filter((own) => own.cost === undefined),
  ];
  return (
    <>
      {costly.length > 0 && <FindingTable findings={costly} caption={`${caption} that cost something`} />}
      <details>
        <summary>
          {free.length} {costly.length > 0 ? 'more, which cost nothing' : 'findings, none with a cost'}: {kindsOf(free)}
        </summary>
        <FindingTable findings={free} caption={caption} />
      </details>
    </>
  );
}

function FindingTable({ findings, caption }: { findings: readonly Finding[]; caption: string }) {
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

function kindsOf(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const own of findings) counts.set(own.kind, (counts.get(own.kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${words(kind).toLowerCase()} ${count}`).join(', ');
}

/** A name of code, such as MissingInput, in words. */
export function words(name: string): string {
  const spaced = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
