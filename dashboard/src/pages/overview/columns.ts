import type { ColumnDef } from '@tanstack/react-table';
import { stages, type Standing } from '../../api/types.ts';
import { approximate, decimal, ratio, subtract, text } from '../../numbers/decimal.ts';
import { cents, none, rounded } from '../../numbers/format.ts';

declare module '@tanstack/react-table' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TData, TValue> {
    /** What a row shows, exact. */
    show(row: TData): string;
  }
}

/** Columns of the table of subaccounts: sorted by numbers that are near enough, shown by their digits. */
export const columns: (ColumnDef<Standing, string | number> & { id: string })[] = [
  { id: 'name', header: 'Subaccount', accessorFn: (own) => own.subaccount, sortingFn: 'basic' },
  { id: 'stage', header: 'Stage', accessorFn: (own) => stages.indexOf(own.stage), sortDescFirst: true },
  money('equity', 'Equity, USD', (own) => own.equity),
  money('initial', 'Initial margin, USD', (own) => own.initialInEffect),
  money('maintenance', 'Maintenance, USD', (own) => own.maintenanceInEffect),
  money('excess', 'Excess, USD', (own) => text(subtract(decimal(own.equity), decimal(own.initialInEffect)))),
  {
    id: 'ratio',
    header: 'Ratio',
    accessorFn: (own) => {
      const exact = marginRatio(own);
      return exact === null ? Number.MAX_VALUE : Number(exact);
    },
    sortingFn: 'basic',
    sortDescFirst: false,
    meta: { show: (own) => (marginRatio(own) === null ? none : rounded(marginRatio(own), 2)) },
  },
];

/** Equity over maintenance margin in effect; null where nothing is asked. */
export function marginRatio(own: Standing): string | null {
  const exact = ratio(decimal(own.equity), decimal(own.maintenanceInEffect), 6);
  return exact === null ? null : text(exact);
}

function money(id: string, header: string, read: (own: Standing) => string) {
  return {
    id,
    header,
    accessorFn: (own: Standing) => approximate(decimal(read(own))),
    sortingFn: 'basic' as const,
    meta: { show: (own: Standing) => cents(read(own)) },
  };
}
