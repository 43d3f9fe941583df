import type { ReactNode } from 'react';
import { arrowKeys } from './arrowKeys.ts';

/** A column of a table: what its head says, with the unit, and what a row shows there. */
export interface Column<T> {
  readonly head: string;
  readonly unit?: string;
  readonly isNumber?: boolean;
  readonly isHead?: boolean;
  show(row: T): ReactNode;
}

/**
 * A table of modest length; arrow keys walk its rows. On a phone each row becomes a card whose values bear the heads of
 * their columns: roles are stated, because a table that is drawn otherwise loses them.
 */
export function Table<T>(props: {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf(row: T, index: number): string;
  empty?: string;
  foot?: ReactNode;
}) {
  const { caption, columns, rows, keyOf, empty = 'nothing', foot } = props;
  return (
    <div className="table-frame" role="region" aria-label={caption} tabIndex={0} onKeyDown={arrowKeys}>
      <table role="table" className={columns.length > 2 ? 'stacks' : undefined}>
        <caption className="hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.head} scope="col" role="columnheader" className={column.isNumber ? 'right' : undefined}>
                {column.head}
                {column.unit && <span className="unit"> {column.unit}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.length === 0 && (
            <tr role="row">
              <td role="cell" colSpan={columns.length} className="empty">
                {empty}
              </td>
            </tr>
          )}
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)} role="row" tabIndex={-1}>
              {columns.map((column) =>
                column.isHead ? (
                  <th key={column.head} scope="row" role="rowheader">
                    {column.show(row)}
                  </th>
                ) : (
                  <td
                    key={column.head}
                    role="cell"
                    className={column.isNumber ? 'right' : undefined}
                    data-label={column.unit ? `${column.head}, ${column.unit}` : column.head}
                  >
                    {column.show(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot && <tfoot role="rowgroup">{foot}</tfoot>}
      </table>
    </div>
  );
}
