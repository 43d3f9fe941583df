import {
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  useReactTable,
  type SortingState,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { goTo } from '../../app/route.ts';
import type { Live } from '../../api/live.ts';
import { useSession } from '../../api/session.tsx';
import { stages, type Stage, type Standing } from '../../api/types.ts';
import { count, rounded } from '../../numbers/format.ts';
import { nextOf } from '../../ui/arrowKeys.ts';
import { Panel } from '../../ui/Panel.tsx';
import { stageName } from '../../ui/StageBadge.tsx';
import { AccountRow } from './AccountRow.tsx';
import { columns, marginRatio } from './columns.ts';
import { useOrder } from './order.ts';

const rowHeight = 36; // as the style sheet has it
const pageRows = 12;

/**
 * Every subaccount, any number of them: only the rows in sight exist, and each listens to its own subaccount. It is
 * drawn again when the order changes, not with each frame of the page around it.
 */
export const AccountsTable = memo(function AccountsTable(props: {
  live: Live;
  stage: Stage | null;
  choose(stage: Stage | null): void;
}) {
  const { live, stage, choose } = props;
  const [sought, setSought] = useState('');
  const [sorting, setSorting] = useState<SortingState>([{ id: 'ratio', desc: false }]);
  const order = useOrder(live);
  const rows = useMemo(
    () =>
      order.standings.filter(
        (own) =>
          (stage === null || own.stage === stage) &&
          (sought === '' || own.subaccount.toLowerCase().includes(sought.toLowerCase())),
      ),
    [order.standings, stage, sought],
  );
  const table = useReactTable({
    data: rows,
    columns,
    state: { sorting },
    onSortingChange: setSorting,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getRowId: (own) => own.subaccount,
    enableSortingRemoval: false,
  });
  const sorted = table.getRowModel().rows;
  const ids = useMemo(() => sorted.map((row) => row.id), [sorted]);
  const searchId = useId();
  return (
    <Panel
      title="Subaccounts"
      lead="Margins in effect; the ratio is equity ÷ maintenance, the least first. Arrow keys walk the rows, Enter opens one."
      wide
      actions={
        <>
          <label htmlFor={searchId} className="hidden">
            Name contains
          </label>
          <input
            id={searchId}
            type="search"
            placeholder="Name contains …"
            value={sought}
            onChange={(event) => setSought(event.target.value)}
          />
          <label>
            <span className="hidden">Stage</span>
            <select
              value={stage ?? ''}
              onChange={(event) => choose(stages.find((own) => own === event.target.value) ?? null)}
            >
              <option value="">Every stage</option>
              {stages.map((own) => (
                <option key={own} value={own}>
                  {stageName(own)}
                </option>
              ))}
            </select>
          </label>
          {order.isKept && (
            <button type="button" onClick={order.renew}>
              Sort again
            </button>
          )}
        </>
      }
    >
      <p className="note" role="status">
        {count(ids.length)} of {count(order.standings.length)} subaccounts
      </p>
      <Rows
        ids={ids}
        head={table.getFlatHeaders().map((header) => {
          const direction = header.column.getIsSorted();
          return (
            <div
              key={header.id}
              role="columnheader"
              className={`cell cell-${header.id}`}
              aria-sort={direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : 'none'}
            >
              <button type="button" onClick={header.column.getToggleSortingHandler()}>
                {flexRender(header.column.columnDef.header, header.getContext())}
                <span aria-hidden="true">{direction === 'asc' ? ' ↑' : direction === 'desc' ? ' ↓' : ''}</span>
              </button>
            </div>
          );
        })}
      />
    </Panel>
  );
});

function Rows({ ids, head }: { ids: readonly string[]; head: React.ReactNode }) {
  const { live } = useSession();
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [said, say] = useState('');
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: rowHeight,
  });
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    if ((event.target as HTMLElement).closest('[role=columnheader]') !== null) return;
    const id = ids[active];
    if (event.key === 'Enter' && id !== undefined) return goTo('subaccount', id);
    const next = nextRow(event.key, active, ids.length);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    say(sentenceOf(live.standings.get(ids[next] ?? ''), next, ids.length));
    virtual.scrollToIndex(next, { align: 'auto' });
  };
  return (
    <>
      <p className="hidden" aria-live="polite">
        {said}
      </p>
      <div
        ref={frame}
        className="accounts"
        role="table"
        aria-label="Subaccounts"
        aria-rowcount={ids.length + 1}
        tabIndex={0}
        onKeyDown={walk}
      >
        <div role="rowgroup" className="accounts-head">
          <div role="row" aria-rowindex={1} className="row">
            {head}
          </div>
        </div>
        <div role="rowgroup" className="accounts-body" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => (
            <AccountRow
              key={ids[item.index]}
              id={ids[item.index] ?? ''}
              index={item.index}
              top={item.start}
              isActive={item.index === active}
            />
          ))}
        </div>
      </div>
    </>
  );
}

function nextRow(key: string, active: number, rows: number): number | null {
  if (key === 'PageDown') return Math.min(rows - 1, active + pageRows);
  if (key === 'PageUp') return Math.max(0, active - pageRows);
  return nextOf(key, active, rows);
}

// What a screen reader says of the row that arrow keys have led to.
function sentenceOf(own: Standing | undefined, row: number, rows: number): string {
  if (own === undefined) return '';
  return `${own.subaccount}, ${stageName(own.stage)}, margin ratio ${rounded(marginRatio(own), 2)}, row ${row + 1} of ${rows}`;
}
