import { useId, useState } from 'react';
import { Mark } from '../ui/Mark.tsx';

/** Asks for the key of an API client: kept in this tab, sent to this server only. */
export function KeyGate({ why, enter }: { why: string | null; enter(key: string): void }) {
  const [key, setKey] = useState('');
  const [id, noteId] = [useId(), useId()];
  return (
    <main className="gate">
      <form
        className="gate-card"
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim().length > 0) enter(key.trim());
        }}
      >
        <div className="gate-mark">
          <Mark />
          <h1>Breakwater</h1>
        </div>
        <label htmlFor={id}>API key</label>
        <input
          id={id}
          type="password"
          value={key}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={noteId}
          aria-invalid={why !== null}
          onChange={(event) => setKey(event.target.value)}
        />
        <p id={noteId} className="note">
          The server prints keys when it starts. A key stays in this tab until it is closed and goes to this server
          only.
        </p>
        <p className="problem-line" role="alert">
          {why === null ? '' : `The key was refused: ${why}. Keys that a run made end with the run.`}
        </p>
        <button type="submit" className="primary" disabled={key.trim().length === 0}>
          Enter
        </button>
      </form>
    </main>
  );
}
