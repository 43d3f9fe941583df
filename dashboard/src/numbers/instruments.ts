/** The unit of a quantity by the name of its instrument: coin of the underlying, USD for inverse futures. */
export function unitOf(instrument: string): string {
  const [base = '', ...rest] = instrument.split('-');
  const [coin = base, quote] = base.split('_');
  const isOption = rest.length === 3;
  return rest.length > 0 && !isOption && quote === undefined ? 'USD' : coin;
}

/** The underlying of an instrument. */
export function underlyingOf(instrument: string): string {
  return instrument.split(/[-_]/)[0] ?? instrument;
}
