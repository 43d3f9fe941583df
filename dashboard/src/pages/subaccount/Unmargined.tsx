import type { Refusal } from '../../api/types.ts';

/** What the engine could not work out anew: what is shown then is what was known before. */
export function Unmargined({ refusals }: { refusals: readonly Refusal[] }) {
  return (
    <div className="problem" role="status">
      <p>
        <span aria-hidden="true">▲ </span>
        <strong>Not margined anew</strong>: what is in effect is of before.
      </p>
      <ul>
        {refusals.map((own, index) => (
          <li key={index}>
            {own.message}
            {own.value && ` (${own.value})`}
          </li>
        ))}
      </ul>
    </div>
  );
}
