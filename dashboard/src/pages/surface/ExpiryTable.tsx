import type { SurfaceAnswer } from '../../api/answers.ts';
import { count, none, number } from '../../numbers/format.ts';
import { dayOf } from '../../numbers/time.ts';
import { ModeBadge } from '../../ui/ModeBadge.tsx';
import { Table } from '../../ui/Table.tsx';

/** One row per expiry: forward, level, misfit, state and certificate. */
export function ExpiryTable({ surface }: { surface: SurfaceAnswer }) {
  return (
    <Table
      caption="Expiries"
      rows={surface.expiries}
      keyOf={(own) => own.expiry}
      columns={[
        { head: 'Expiry', isHead: true, show: (own) => dayOf(own.expiry) },
        { head: 'In', unit: 'days', isNumber: true, show: (own) => number(365 * own.T, 1) },
        { head: 'Forward', unit: 'USD', isNumber: true, show: (own) => number(own.forward, 2) },
        {
          head: 'At the forward',
          unit: '% p.a.',
          isNumber: true,
          show: (own) => number(100 * Math.sqrt(own.theta / own.T), 2),
        },
        { head: 'Quotes', isNumber: true, show: (own) => count(own.quotes) },
        { head: 'Misfit', unit: 'points RMSE', isNumber: true, show: (own) => number(own.rmseVolPoints, 2) },
        { head: 'Inside the spread', unit: '%', isNumber: true, show: (own) => share(own.shareInsideSpread) },
        { head: 'Within a point of it', unit: '%', isNumber: true, show: (own) => share(own.shareWithinOnePoint) },
        { head: 'State', show: (own) => <ModeBadge mode={own.state} /> },
        { head: 'Free of arbitrage', show: (own) => (own.arbitrageFree ? '✓ yes' : '✗ no') },
      ]}
    />
  );
}

function share(fraction: number | null): string {
  return fraction === null ? none : number(100 * fraction, 0);
}
