import { useId, type ReactNode } from 'react';
import { Age } from './Age.tsx';

/** A part of a page under a heading, with when it was valued and what it is for. */
export function Panel(props: {
  title: string;
  lead?: ReactNode;
  at?: string | null | undefined;
  receivedAt?: number;
  actions?: ReactNode;
  wide?: boolean;
  busy?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const isDated = props.at !== undefined || Boolean(props.receivedAt); // an answer that is on its way has no age
  return (
    <section className={props.wide ? 'panel panel-wide' : 'panel'} aria-labelledby={id} aria-busy={props.busy ?? false}>
      <header className="panel-head">
        <h2 id={id}>{props.title}</h2>
        {isDated && <Age at={props.at} {...(props.receivedAt ? { receivedAt: props.receivedAt } : {})} />}
        {props.actions && <div className="panel-actions">{props.actions}</div>}
      </header>
      {props.lead && <p className="lead">{props.lead}</p>}
      {props.children}
    </section>
  );
}
