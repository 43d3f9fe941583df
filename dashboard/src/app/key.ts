const place = 'breakwater.key';
const given = /^#key=([^&/]+)/;

/**
 * The key of this tab. One that an address brings in its fragment, which no server sees, is kept and taken out of the
 * address and of the history; it ends with the tab.
 */
export function takeKey(window: Window): string | null {
  const match = given.exec(window.location.hash);
  if (match !== null) {
    window.sessionStorage.setItem(place, decodeURIComponent(match[1] ?? ''));
    window.history.replaceState(null, '', `${window.location.pathname}#/overview`);
  }
  return window.sessionStorage.getItem(place);
}

export function keepKey(key: string): void {
  sessionStorage.setItem(place, key);
}

export function forgetKey(): void {
  sessionStorage.removeItem(place);
}
