import type { MarginReport, Stage, Standing, Status } from '../../api/types.ts';
import { add, compare, decimal, multiply, ratio, subtract, text, type Decimal } from '../../numbers/decimal.ts';
import { cents, none, percent, rounded } from '../../numbers/format.ts';
import { StageBadge } from '../../ui/StageBadge.tsx';
import { Table } from '../../ui/Table.tsx';

interface Rung {
  readonly stage: Stage;
  readonly why: string;
  readonly equity: Decimal;
}

/** Where each rung of the ladder begins, and how far that is in money, in equity's share and in price. */
export function Distances(props: {
  report: MarginReport;
  standing: Standing | undefined;
  explained: MarginReport | null;
  ladder: NonNullable<Status['ladder']>;
}) {
  const { report, standing, explained, ladder } = props;
  const equity = decimal(standing?.equity ?? report.equity);
  const maintenance = decimal(standing?.maintenanceInEffect ?? report.maintenanceMargin);
  const initial = decimal(standing?.initialInEffect ?? report.initialMargin);
  return (
    <>
      <Table
        caption="Distance to each stage"
        rows={rungsOf(ladder, initial, maintenance)}
        keyOf={(own) => own.stage}
        empty="the server does not tell where stages begin"
        columns={[
          { head: 'Stage', isHead: true, show: (own) => <StageBadge stage={own.stage} /> },
          { head: 'Begins below', unit: 'USD equity', isNumber: true, show: (own) => cents(text(own.equity)) },
          { head: 'Because', show: (own) => own.why },
          {
            head: 'Distance',
            unit: 'USD',
            isNumber: true,
            show: (own) => distance(subtract(equity, own.equity)),
          },
          {
            head: 'Of equity',
            unit: '%',
            isNumber: true,
            show: (own) => share(subtract(equity, own.equity), equity),
          },
        ]}
      />
      <Table
        caption="Prices that alone would start a liquidation"
        rows={(explained?.liquidation?.prices ?? []).filter((own) => own.down !== null || own.up !== null)}
        keyOf={(own) => own.underlying}
        empty={
          explained ? 'no price alone would start a liquidation' : 'prices stand in the explanation, which follows'
        }
        columns={[
          { head: 'Liquidation if alone', isHead: true, show: (own) => own.underlying },
          {
            head: 'Falls to',
            unit: 'USD',
            isNumber: true,
            show: (own) => (own.down === own.up ? 'reached' : cents(own.down)),
          },
          {
            head: 'Rises to',
            unit: 'USD',
            isNumber: true,
            show: (own) => (own.down === own.up ? 'reached' : cents(own.up)),
          },
        ]}
      />
      {standing?.liquidationLikely && (
        <p className="note">
          <strong>▲ Warned as well because liquidation within a day is likelier than one in five</strong>, by the losses
          of the last tick.
        </p>
      )}
      {explained?.liquidation && (
        <p className="note">
          Probability of liquidation by simulated paths: {percent(explained.liquidation.probability1h)} % within 1 h,{' '}
          {percent(explained.liquidation.probability24h)} % within 24 h, {percent(explained.liquidation.probability7d)}{' '}
          % within 7 days.
        </p>
      )}
    </>
  );
}

// A warning also begins where equity no longer covers initial margin; the higher of the two comes first.
function rungsOf(ladder: NonNullable<Status['ladder']>, initial: Decimal, maintenance: Decimal): Rung[] {
  if (maintenance.units === 0n) {
    return ladder.length === 0 ? [] : [{ stage: 'Backstop', why: 'equity below zero', equity: decimal('0') }];
  }
  return ladder.map((rung) => {
    const equity = multiply(decimal(rung.belowRatio), maintenance);
    const why =
      rung.stage === 'Backstop' ? 'equity below zero' : `${rounded(rung.belowRatio, 2)} × maintenance in effect`;
    return rung.stage === 'Warning' && compare(initial, equity) > 0
      ? { stage: rung.stage, why: 'initial margin in effect', equity: initial }
      : { stage: rung.stage, why, equity };
  });
}

function distance(room: Decimal): string {
  return room.units < 0n
    ? `passed by ${cents(text(subtract(decimal('0'), room)))}`
    : cents(text(add(room, decimal('0'))));
}

function share(room: Decimal, equity: Decimal): string {
  if (room.units < 0n || equity.units <= 0n) return none;
  const part = ratio(room, equity, 6);
  return part === null ? none : percent(text(part), 1);
}
