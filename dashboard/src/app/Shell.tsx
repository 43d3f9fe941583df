import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useLive, useStatus } from '../api/session.tsx';
import { dayOf, hourOf } from '../numbers/time.ts';
import { Mark } from '../ui/Mark.tsx';
import { linkTo, pages, type Page, type Route } from './route.ts';
import { chooseTheme, themes, useTheme } from './theme.ts';

const titles: Record<Page, string> = {
  overview: 'Overview',
  subaccount: 'Subaccount',
  surface: 'Surface',
  scenarios: 'Scenarios',
  operations: 'Operations',
};

/** What stands around every page: where one is, how the stream stands, light or dark, the way out. */
export function Shell({ route, leave, children }: { route: Route; leave(): void; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  usePageChange(route, main);
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <header className="top">
        <a className="brand" href={linkTo('overview')}>
          <Mark />
          <span>Breakwater</span>
        </a>
        <nav aria-label="Pages">
          <ul>
            {pages.map((page) => (
              <li key={page}>
                <a href={linkTo(page, subjectOf(page, route))} aria-current={page === route.page ? 'page' : undefined}>
                  {titles[page]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="top-right">
          <LinkState />
          <ThemeChoice />
          <button type="button" className="quiet" onClick={leave}>
            Leave
          </button>
        </div>
      </header>
      <Trouble />
      <main ref={main} tabIndex={-1} key={route.page}>
        {children}
      </main>
    </div>
  );
}

// A browser names a page, begins at its top and puts the focus into it; a site of one page does so itself.
function usePageChange(route: Route, main: RefObject<HTMLElement | null>): void {
  const shown = useRef(route.page);
  useEffect(() => {
    document.title = `${route.subject ? `${route.subject} – ` : ''}${titles[route.page]} – Breakwater`;
    if (shown.current === route.page) return;
    shown.current = route.page;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [route.page, route.subject, main]);
}

// The subaccount that one looks at is the one whose scenarios one wants to see.
function subjectOf(page: Page, route: Route): string | null {
  const isOfAccount = route.page === 'subaccount' || route.page === 'scenarios';
  return isOfAccount && (page === 'subaccount' || page === 'scenarios') ? route.subject : null;
}

function LinkState() {
  const { link } = useLive();
  const { status } = useStatus();
  const [shape, word] =
    link.kind === 'live' ? ['●', 'Live'] : link.kind === 'connecting' ? ['◌', 'Connecting'] : ['▲', 'Reconnecting'];
  return (
    <div className="link-state">
      <span role="status" className={`link link-${link.kind}`} data-link={link.kind}>
        <span aria-hidden="true">{shape}</span> {word}
      </span>
      <span className="engine-time" title="time of the engine">
        {status && (
          <>
            <span className="engine-day">{dayOf(status.at)} </span>
            {hourOf(status.at)} UTC
          </>
        )}
      </span>
    </div>
  );
}

function ThemeChoice() {
  const theme = useTheme();
  return (
    <label className="theme">
      <span className="hidden">Light or dark</span>
      <select value={theme} onChange={(event) => chooseTheme(themes[event.target.selectedIndex] ?? 'system')}>
        <option value="system">Auto</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}

/** What everybody has to know before he believes a number: a lost stream, a stopped engine. */
function Trouble() {
  const { link } = useLive();
  const { status, problem } = useStatus();
  const said = [
    link.kind === 'waiting' ? `The stream is broken (${link.why}); what is shown may be old. Trying again.` : null,
    problem ? `The status is not known: ${problem.message}.` : null,
    status?.stopped ? `The engine has stopped: ${status.stopped}. Nothing more is decided.` : null,
    status?.journal.trouble ? `The journal is in trouble: ${status.journal.trouble}.` : null,
  ].filter((own) => own !== null);
  return (
    <div role="status" className={said.length > 0 ? 'trouble' : 'hidden'}>
      {said.map((own) => (
        <p key={own}>
          <span aria-hidden="true">▲ </span>
          {own}
        </p>
      ))}
    </div>
  );
}
