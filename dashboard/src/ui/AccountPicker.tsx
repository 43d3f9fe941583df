import { useId, useState } from 'react';
import { goTo, type Page } from '../app/route.ts';
import { useLive } from '../api/session.tsx';
import { Empty } from './Notice.tsx';

const offeredMax = 50; // as many as anybody reads; typing narrows them

/** Chooses a subaccount by typing a part of its name. */
export function AccountPicker({ page, chosen }: { page: Page; chosen: string | null }) {
  const live = useLive();
  const [sought, setSought] = useState('');
  const [fieldId, listId] = [useId(), useId()];
  const offered: string[] = [];
  for (const id of live.standings.keys()) {
    if (offered.length >= offeredMax) break;
    if (id.toLowerCase().includes(sought.toLowerCase())) offered.push(id);
  }
  return (
    <form
      className="picker"
      onSubmit={(event) => {
        event.preventDefault();
        const first = live.standings.has(sought) ? sought : offered[0];
        if (first !== undefined) goTo(page, first);
        setSought('');
      }}
    >
      <label htmlFor={fieldId}>Subaccount</label>
      <input
        id={fieldId}
        list={listId}
        value={sought}
        placeholder={chosen ?? 'Name …'}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          const isPicked = (event.nativeEvent as InputEvent).inputType === 'insertReplacementText';
          if (isPicked && live.standings.has(event.target.value)) goTo(page, event.target.value);
          setSought(isPicked ? '' : event.target.value);
        }}
      />
      <datalist id={listId}>
        {offered.map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
      <button type="submit" disabled={offered.length === 0}>
        Show
      </button>
      {live.members === 0 && <Empty>No subaccount is told of yet.</Empty>}
    </form>
  );
}
