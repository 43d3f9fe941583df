import { useSyncExternalStore } from 'react';

/** Where the page is: a part of the site, and the subaccount or underlying that it is about. */
export interface Route {
  readonly page: Page;
  readonly subject: string | null;
}

export const pages = ['overview', 'subaccount', 'surface', 'scenarios', 'operations'] as const;
export type Page = (typeof pages)[number];

/** Reads the fragment of an address: the server knows one page only. */
export function routeOf(fragment: string): Route {
  const [page = '', subject] = fragment.replace(/^#\/?/, '').split('/');
  const known = pages.find((own) => own === page) ?? 'overview';
  return { page: known, subject: subject === undefined || subject === '' ? null : decoded(subject) };
}

/** The link to a route. */
export function linkTo(page: Page, subject?: string | null): string {
  return subject ? `#/${page}/${encodeURIComponent(subject)}` : `#/${page}`;
}

export function useRoute(): Route {
  const fragment = useSyncExternalStore(
    (listener) => {
      window.addEventListener('hashchange', listener);
      return () => window.removeEventListener('hashchange', listener);
    },
    () => window.location.hash,
  );
  return routeOf(fragment);
}

/** Goes to a route. */
export function goTo(page: Page, subject?: string | null): void {
  window.location.hash = linkTo(page, subject);
}

function decoded(subject: string): string {
  try {
    return decodeURIComponent(subject);
  } catch {
    return subject; // an address typed by hand: shown as it is, and not found
  }
}
