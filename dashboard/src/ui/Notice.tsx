import type { ReactNode } from 'react';
import type { Problem } from '../api/client.ts';

/** Something is on its way. */
export function Waiting({ what }: { what: string }) {
  return (
    <p className="waiting" role="status">
      Loading {what} …
    </p>
  );
}

/** There is nothing, and why. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

/** The server refused, or was not reached: what it said, every refusal. */
export function ProblemNotice({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const others = problem.refusals.filter((own) => own.message !== problem.message);
  return (
    <div className="problem" role="alert">
      <p>
        <span aria-hidden="true">▲ </span>
        <strong>{problem.reason}</strong>: {problem.message}
      </p>
      {others.length > 0 && (
        <ul>
          {others.map((own, index) => (
            <li key={index}>
              {own.message}
              {own.value && ` (${own.value})`}
              {own.limit && `; limit: ${own.limit}`}
            </li>
          ))}
        </ul>
      )}
      {retry && (
        <button type="button" onClick={retry}>
          Ask again
        </button>
      )}
    </div>
  );
}
