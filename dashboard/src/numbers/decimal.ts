/**
 * Decimals as the API writes them: texts of any length, computed with whole numbers. Nothing that is shown passes
 * through floating point, so that it equals what the command prints to the last unit.
 */
export interface Decimal {
  readonly units: bigint;
  readonly decimals: number;
}

const form = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Reads a text of the API; null where it is none. */
export function parse(text: string | null | undefined): Decimal | null {
  const match = text === null || text === undefined ? null : form.exec(text);
  if (match === null) return null;
  const fraction = match[3] ?? '';
  const units = BigInt((match[2] ?? '') + fraction);
  return { units: match[1] === '-' ? -units : units, decimals: fraction.length };
}

/** The same where the text is known to be a decimal: zero if it is not there. */
export function decimal(text: string | null | undefined): Decimal {
  return parse(text) ?? { units: 0n, decimals: 0 };
}

export const zero: Decimal = { units: 0n, decimals: 0 };

/** The text of a decimal, every digit. */
export function text(value: Decimal): string {
  const digits = magnitude(value.units)
    .toString()
    .padStart(value.decimals + 1, '0');
  const sign = value.units < 0n ? '-' : '';
  const whole = digits.slice(0, digits.length - value.decimals);
  return value.decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(digits.length - value.decimals)}`;
}

export function add(left: Decimal, right: Decimal): Decimal {
  const decimals = Math.max(left.decimals, right.decimals);
  return { units: scaled(left, decimals) + scaled(right, decimals), decimals };
}

export function subtract(left: Decimal, right: Decimal): Decimal {
  return add(left, { units: -right.units, decimals: right.decimals });
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, decimals: left.decimals + right.decimals };
}

export function compare(left: Decimal, right: Decimal): number {
  const decimals = Math.max(left.decimals, right.decimals);
  const [one, other] = [scaled(left, decimals), scaled(right, decimals)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Left over right, cut after so many decimals as the server cuts ratios; null where right is zero. */
export function ratio(left: Decimal, right: Decimal, decimals: number): Decimal | null {
  if (right.units === 0n) return null;
  const common = Math.max(left.decimals, right.decimals);
  const [numerator, divisor] = [scaled(left, common) * 10n ** BigInt(decimals), scaled(right, common)];
  const cut = numerator / divisor;
  const isBelow = numerator % divisor !== 0n && numerator < 0n !== divisor < 0n;
  return { units: isBelow ? cut - 1n : cut, decimals };
}

/** Rounded to so many decimals, halves away from zero, as the command rounds what it prints. */
export function round(value: Decimal, decimals: number): Decimal {
  if (value.decimals <= decimals) return { units: scaled(value, decimals), decimals };
  const step = 10n ** BigInt(value.decimals - decimals);
  const rounded = (magnitude(value.units) + step / 2n) / step;
  return { units: value.units < 0n ? -rounded : rounded, decimals };
}

/** For drawing and sorting only: never for a number that is read. */
export function approximate(value: Decimal): number {
  return Number(text(value));
}

export function isNegative(value: Decimal): boolean {
  return value.units < 0n;
}

function scaled(value: Decimal, decimals: number): bigint {
  return value.units * 10n ** BigInt(decimals - value.decimals);
}

function magnitude(units: bigint): bigint {
  return units < 0n ? -units : units;
}
