import type { ReactNode } from 'react';
import { grouped, none } from '../numbers/format.ts';

/** A number with its unit and the reason for it; its age is that of the panel it stands in. */
export function Figure(props: {
  label: string;
  value: ReactNode;
  unit: string;
  reason: ReactNode;
  tone?: 'plain' | 'good' | 'bad';
  size?: 'plain' | 'great';
}) {
  const { label, value, unit, reason, tone = 'plain', size = 'plain' } = props;
  return (
    <div className={`figure figure-${tone} figure-${size}`}>
      <dt>{label}</dt>
      <dd>
        <span className="figure-value">
          {value} <span className="unit">{unit}</span>
        </span>
        <span className="reason">{reason}</span>
      </dd>
    </div>
  );
}

/** Figures side by side. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className="figures">{children}</dl>;
}

/**
 * Money to the last unit: what lies below a cent is there and set back. Copied text is the number as it is shown.
 */
export function Money({ value }: { value: string | null | undefined }) {
  if (value === null || value === undefined) return <span className="number">{none}</span>;
  const shown = grouped(value);
  const point = shown.indexOf('.');
  const cut = point < 0 ? shown.length : Math.min(shown.length, point + 3);
  return (
    <span className="number" data-exact={value}>
      {shown.slice(0, cut)}
      {cut < shown.length && <span className="rest">{shown.slice(cut)}</span>}
    </span>
  );
}
