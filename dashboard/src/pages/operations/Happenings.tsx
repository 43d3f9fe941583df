import { useState } from 'react';
import { linkTo } from '../../app/route.ts';
import type { Happening } from '../../api/live.ts';
import type { Stage } from '../../api/types.ts';
import { useSeconds } from '../../ui/Age.tsx';
import { span } from '../../numbers/time.ts';
import { ModeBadge } from '../../ui/ModeBadge.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StageBadge } from '../../ui/StageBadge.tsx';
import { Table } from '../../ui/Table.tsx';

const shownAtFirst = 10;
const shownMax = 100;
const names = { stage: 'Stage of a subaccount', mode: 'Mode of a market', report: 'Report made' } as const;

/** What has happened since this page is open, the newest first. */
export function Happenings({ happenings }: { happenings: readonly Happening[] }) {
  const seconds = useSeconds();
  const [isWhole, setIsWhole] = useState(false);
  return (
    <Panel title="What has happened" lead="Moves on the ladder, modes of markets and reports, since this page listens.">
      <Table
        caption="What has happened"
        rows={happenings.slice(0, isWhole ? shownMax : shownAtFirst)}
        keyOf={(own, index) => `${own.id}/${index}`}
        empty="nothing since this page listens"
        columns={[
          { head: 'What', isHead: true, show: (own) => names[own.kind] },
          {
            head: 'Of',
            show: (own) =>
              own.kind === 'mode' ? own.subject : <a href={linkTo('subaccount', own.subject)}>{own.subject}</a>,
          },
          { head: 'From', show: (own) => badge(own.kind, own.from) },
          { head: 'To', show: (own) => badge(own.kind, own.to) },
          { head: 'Ago', isNumber: true, show: (own) => span(1_000 * seconds - own.seenAt) },
        ]}
      />
      {happenings.length > shownAtFirst && (
        <p className="note">
          <button type="button" onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? `Show the newest ${shownAtFirst}` : `Show the newest ${Math.min(shownMax, happenings.length)}`}
          </button>
        </p>
      )}
    </Panel>
  );
}

function badge(kind: Happening['kind'], value: string | undefined) {
  if (value === undefined) return '';
  return kind === 'stage' ? <StageBadge stage={value as Stage} /> : <ModeBadge mode={value} />;
}
