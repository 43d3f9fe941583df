import type { KeyboardEvent } from 'react';

/** Walks the rows of a table by arrow keys, Home and End; whoever stands in a field of a row keeps its keys. */
export function arrowKeys(event: KeyboardEvent<HTMLElement>): void {
  const from = event.target as HTMLElement;
  if (from.closest('input, select, textarea') !== null) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody tr[tabindex]')];
  if (rows.length === 0) return;
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const next = nextOf(event.key, current, rows.length);
  if (next === null) return;
  event.preventDefault();
  rows[next]?.focus();
}

/** The row a key leads to; null where it is another key. A walk that has not begun begins at the first row. */
export function nextOf(key: string, current: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, current + 1);
    case 'ArrowUp':
      return Math.max(0, current - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
