import { memo } from 'react';
import { linkTo } from '../../app/route.ts';
import { useStanding } from '../../api/session.tsx';
import { StageBadge } from '../../ui/StageBadge.tsx';
import { columns } from './columns.ts';

/** One subaccount in the table: it is drawn again when its own standing changes, and at no other time. */
export const AccountRow = memo(function AccountRow(props: {
  id: string;
  index: number;
  top: number;
  isActive: boolean;
}) {
  const { id, index, top, isActive } = props;
  const standing = useStanding(id);
  if (standing === undefined) return null;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={isActive ? 'row row-active' : 'row'}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column) => (
        <div key={column.id} role="cell" className={`cell cell-${column.id}`}>
          {column.id === 'name' ? (
            <a href={linkTo('subaccount', id)} tabIndex={-1} title={id}>
              {id}
            </a>
          ) : column.id === 'stage' ? (
            <StageBadge stage={standing.stage} />
          ) : (
            column.meta?.show(standing)
          )}
        </div>
      ))}
    </div>
  );
});
