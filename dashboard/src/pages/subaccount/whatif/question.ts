/** A move of the market, whole percent. */
export interface Move {
  readonly underlying: string;
  readonly pricePercent: number;
  readonly volatilityPercent: number;
}

/** An order that is not made. */
export interface Order {
  readonly instrument: string;
  /** Signed: negative sells. */
  readonly quantity: string;
  readonly limitPrice: string;
  readonly isResting: boolean;
  readonly isReduceOnly: boolean;
}

/** What the server is asked (POST /v1/margin/what-if). */
export function questionOf(subaccount: string, orders: readonly Order[], moves: readonly Move[]) {
  const moved = moves.filter((own) => own.pricePercent !== 0 || own.volatilityPercent !== 0);
  return {
    subaccount,
    ...(orders.length > 0 ? { orders: orders.map(orderOf) } : {}),
    ...(moved.length > 0 ? { moves: moved.map(moveOf) } : {}),
  };
}

/** Whether nothing is asked. */
export function isNothing(question: ReturnType<typeof questionOf>): boolean {
  return question.orders === undefined && question.moves === undefined;
}

function orderOf(own: Order) {
  return {
    instrument: own.instrument,
    quantity: own.quantity,
    ...(own.limitPrice === '' ? {} : { limitPrice: own.limitPrice }),
    ...(own.isReduceOnly ? { reduceOnly: true } : {}),
    ...(own.isResting ? { resting: true } : {}),
  };
}

function moveOf(own: Move) {
  return {
    underlying: own.underlying,
    ...(own.pricePercent === 0 ? {} : { priceRelative: hundredths(own.pricePercent) }),
    ...(own.volatilityPercent === 0 ? {} : { volatilityRelative: hundredths(own.volatilityPercent) }),
  };
}

/** Whole percent as a decimal text: −7 becomes -0.07. */
export function hundredths(percent: number): string {
  const digits = String(Math.abs(percent)).padStart(3, '0');
  return `${percent < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
