import { type Decimal, isNegative, multiply, parse, round, text } from './decimal.ts';

/** A true minus: as wide as a plus in tabular figures. */
export const minus = '\u2212';

/** What stands where there is no number. */
export const none = '–';

/** A text of the API with its thousands set apart, every digit kept. */
export function grouped(value: string): string {
  const sign = value.startsWith('-') ? minus : '';
  const digits = value.startsWith('-') ? value.slice(1) : value;
  const [whole = '', fraction] = digits.split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? sign + groups : `${sign}${groups}.${fraction}`;
}

/** Cents of a money text, rounded as the command rounds. */
export function cents(value: string | null | undefined): string {
  return rounded(value, 2);
}

/** A decimal text rounded to so many places. */
export function rounded(value: string | null | undefined, decimals: number): string {
  const read = parse(value);
  return read === null ? none : shown(round(read, decimals));
}

/** A decimal as people read it; nothing that rounds to zero has a sign. */
export function shown(value: Decimal): string {
  return grouped(text(value));
}

/** The same with a plus where it grows. */
export function signed(value: string | null | undefined, decimals = 2): string {
  const read = parse(value);
  if (read === null) return none;
  const whole = round(read, decimals);
  return whole.units > 0n ? `+${shown(whole)}` : shown(whole);
}

/** A fraction such as 0.050836536 as percent. */
export function percent(value: string | null | undefined, decimals = 2): string {
  const read = parse(value);
  return read === null ? none : shown(round(multiply(read, { units: 100n, decimals: 0 }), decimals));
}

/** A decimal that is small or great, at so many significant digits; zeros at its end are left out. */
export function significant(value: string | null | undefined, digits: number): string {
  const read = parse(value);
  if (read === null) return none;
  if (read.units === 0n) return '0';
  const length = (isNegative(read) ? -read.units : read.units).toString().length;
  const decimals = Math.max(0, read.decimals - length + digits);
  const whole = text(round(read, Math.min(decimals, read.decimals)));
  return grouped(whole.includes('.') ? whole.replace(/\.?0+$/, '') : whole);
}

/** A number that the API itself holds in floating point, such as an index. */
export function number(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  const written = value.toFixed(decimals);
  return grouped(/^-0\.?0*$/.test(written) ? written.slice(1) : written);
}

/** A count. */
export function count(value: number): string {
  return grouped(String(value));
}
