/** One step of a waterfall: what stands below it, how tall it is, and whether it goes down. */
export interface Step {
  readonly base: number;
  readonly size: number;
  readonly isFall: boolean;
}

/** Steps of amounts that follow each other from zero: for the eye only. */
export function stepsOf(amounts: readonly number[]): Step[] {
  let level = 0;
  return amounts.map((amount) => {
    const next = level + amount;
    const step = { base: Math.min(level, next), size: Math.abs(amount), isFall: amount < 0 };
    level = next;
    return step;
  });
}
