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
 * A table of modest length. Where the page is narrow it scrolls by itself; arrow keys walk its rows.
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
      <table>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.head} scope="col" className={column.isNumber ? 'right' : undefined}>
                {column.head}
                {column.unit && <span className="unit"> {column.unit}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length} className="empty">
                {empty}
              </td>
            </tr>
          )}
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)} tabIndex={-1}>
              {columns.map((column) =>
                column.isHead ? (
                  <th key={column.head} scope="row">
                    {column.show(row)}
                  </th>
                ) : (
                  <td key={column.head} className={column.isNumber ? 'right' : undefined}>
                    {column.show(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}
