import { describe, expect, it } from 'vitest';
import { add, compare, decimal, parse, ratio, round, subtract, text } from '../src/numbers/decimal.ts';
import { cents, grouped, minus, number, percent, signed, significant } from '../src/numbers/format.ts';

describe('decimals', () => {
  it('keep every digit of numbers that floating point cannot hold', () => {
    expect(grouped('123456789012345678901.123456')).toBe('123,456,789,012,345,678,901.123456');
    expect(text(add(decimal('0.1'), decimal('0.2')))).toBe('0.3');
    expect(text(subtract(decimal('9007199254740993.000001'), decimal('1')))).toBe('9007199254740992.000001');
  });

  it('read only what the API writes', () => {
    for (const wrong of ['', '1e5', '.5', '5.', '+1', '--1', 'NaN', '0x10', '1,000', ' 1', '<script>']) {
      expect(parse(wrong)).toBeNull();
    }
    expect(text(decimal('-0.000001'))).toBe('-0.000001');
    expect(text(decimal('-00.50'))).toBe('-0.50');
  });

  it('round halves away from zero, as the command does', () => {
    expect(cents('1.005')).toBe('1.01');
    expect(cents('1.004999')).toBe('1.00');
    expect(cents('-1.005')).toBe(`${minus}1.01`);
    expect(cents('-0.004')).toBe('0.00');
    expect(text(round(decimal('999999.995'), 2))).toBe('1000000.00');
  });

  it('order by value, not by text', () => {
    expect(compare(decimal('-2'), decimal('-10'))).toBe(1);
    expect(compare(decimal('1.50'), decimal('1.5'))).toBe(0);
  });

  it('cut ratios downwards, as the server does', () => {
    expect(text(ratio(decimal('2'), decimal('3'), 6)!)).toBe('0.666666');
    expect(text(ratio(decimal('-2'), decimal('3'), 6)!)).toBe('-0.666667');
    expect(ratio(decimal('1'), decimal('0.00'), 6)).toBeNull();
  });

  it('agree with whole numbers of any size', () => {
    let seed = 7n;
    const next = () => (seed = (seed * 6364136223846793005n + 1442695040888963407n) % (1n << 64n));
    for (let round = 0; round < 500; round++) {
      const [left, right] = [next() - (1n << 63n), next() - (1n << 63n)];
      const micro = (units: bigint) => text({ units, decimals: 6 });
      expect(text(add(decimal(micro(left)), decimal(micro(right))))).toBe(micro(left + right));
      expect(text(decimal(micro(left)))).toBe(micro(left));
    }
  });
});

describe('what is shown', () => {
  it('says nothing where there is nothing', () => {
    expect(cents(null)).toBe('–');
    expect(number(Number.NaN, 2)).toBe('–');
    expect(percent(undefined)).toBe('–');
  });

  it('shows small and great numbers at their digits', () => {
    expect(significant('0.000136643470812530', 4)).toBe('0.0001366');
    expect(significant('-2.048869221684', 6)).toBe(`${minus}2.04887`);
    expect(significant('0.000000000000000000', 4)).toBe('0');
    expect(significant('1234567.891', 4)).toBe('1,234,568');
  });

  it('signs changes and never a zero', () => {
    expect(signed('12.5')).toBe('+12.50');
    expect(signed('-12.5')).toBe(`${minus}12.50`);
    expect(signed('0.000000')).toBe('0.00');
    expect(number(-0.0001, 2)).toBe('0.00');
    expect(percent('0.050836536')).toBe('5.08');
  });
});
