import { none } from './format.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A time of the API as people read it, always UTC, to the second. */
export function clock(at: string | null | undefined): string {
  if (at === null || at === undefined) return none;
  return at.replace('T', ' ').replace(/(\.\d+)?Z$/, '');
}

/** The hour and minute of a time. */
export function hourOf(at: string): string {
  return at.slice(11, 19);
}

/** The day of a time. */
export function dayOf(at: string): string {
  return at.slice(0, 10);
}

/** How long, in the greatest two units that say it. */
export function span(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < minute) return `${Math.floor(length / second)} s`;
  if (length < hour) return two(length, minute, 'min', second, 's');
  if (length < day) return two(length, hour, 'h', minute, 'min');
  return two(length, day, 'd', hour, 'h');
}

/** How much later one time is than another, milliseconds; null where either is not there. */
export function between(earlier: string | null | undefined, later: string | null | undefined): number | null {
  if (!earlier || !later) return null;
  const length = Date.parse(later) - Date.parse(earlier);
  return Number.isNaN(length) ? null : length;
}

function two(length: number, unit: number, name: string, part: number, partName: string): string {
  const whole = Math.floor(length / unit);
  const rest = Math.floor((length % unit) / part);
  return rest === 0 ? `${whole} ${name}` : `${whole} ${name} ${rest} ${partName}`;
}
