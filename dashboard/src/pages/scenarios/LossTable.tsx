import { useState } from 'react';
import type { Move } from '../../api/answers.ts';
import type { ScenarioLoss } from '../../api/types.ts';
import { cents, none, number, percent } from '../../numbers/format.ts';
import { Money } from '../../ui/Figure.tsx';
import { Table } from '../../ui/Table.tsx';

const shownAtFirst = 15;

type Loss = ScenarioLoss & { readonly moves: readonly Move[]; readonly tailFraction?: string };

/** Scenarios with what they cost and what moves in them; the first of them until more are asked for. */
export function LossTable({ caption, losses }: { caption: string; losses: readonly Loss[] }) {
  const [isWhole, setIsWhole] = useState(false);
  const isTail = losses.some((own) => own.tailFraction !== undefined);
  return (
    <>
      <Table<Loss>
        caption={caption}
        rows={isWhole ? losses : losses.slice(0, shownAtFirst)}
        keyOf={(own) => String(own.id)}
        empty="no scenario"
        columns={[
          { head: 'Scenario', isHead: true, show: (own) => own.label },
          { head: 'Block', show: (own) => own.block },
          { head: 'What moves', show: (own) => own.moves.map(moveOf).join('; ') || 'nothing that is held' },
          { head: 'Loss', unit: 'USD', isNumber: true, show: (own) => <Money value={own.loss} /> },
          isTail
            ? { head: 'Part of the tail', unit: '%', isNumber: true, show: (own) => percent(own.tailFraction) }
            : { head: 'Counted', unit: 'USD', isNumber: true, show: (own) => cents(own.lossDampened) },
          { head: 'When', show: (own) => (own.time === 'Frozen' ? 'at once' : 'at the end') },
        ]}
      />
      {losses.length > shownAtFirst && (
        <p className="note">
          <button type="button" onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? `Show the first ${shownAtFirst}` : `Show all ${losses.length}`}
          </button>
        </p>
      )}
    </>
  );
}

function moveOf(move: Move): string {
  const sign = (fraction: number) => (fraction > 0 ? '+' : '') + number(100 * fraction, 1);
  return `${move.underlying} ${sign(move.spotFraction)} %, volatility ${
    Number.isFinite(move.volatilityFraction) ? `${sign(move.volatilityFraction)} %` : none
  }`;
}
