import { useId } from 'react';
import type { Move } from './question.ts';

const ranges = {
  pricePercent: { name: 'price', min: -60, max: 60, step: 1 },
  volatilityPercent: { name: 'volatility', min: -60, max: 150, step: 5 },
} as const;

type Part = keyof typeof ranges;

/** Sliders for price and volatility of each underlying. Underlyings that are not moved stand still. */
export function Moves(props: {
  underlyings: readonly string[];
  moves: readonly Move[];
  change(moves: readonly Move[]): void;
}) {
  const { underlyings, moves, change } = props;
  return (
    <fieldset className="moves">
      <legend>Moves of the market</legend>
      {underlyings.length === 0 && <p className="empty">No instrument is listed.</p>}
      {underlyings.map((underlying) => {
        const own = moves.find((move) => move.underlying === underlying) ?? {
          underlying,
          pricePercent: 0,
          volatilityPercent: 0,
        };
        return (Object.keys(ranges) as Part[]).map((part) => (
          <Slider
            key={`${underlying}/${part}`}
            underlying={underlying}
            part={part}
            value={own[part]}
            change={(value) =>
              change([...moves.filter((move) => move.underlying !== underlying), { ...own, [part]: value }])
            }
          />
        ));
      })}
    </fieldset>
  );
}

function Slider(props: { underlying: string; part: Part; value: number; change(value: number): void }) {
  const { underlying, part, value, change } = props;
  const range = ranges[part];
  const id = useId();
  const said = `${value > 0 ? '+' : value < 0 ? '\u2212' : ''}${Math.abs(value)} %`;
  return (
    <div className="slider">
      <label htmlFor={id}>
        {underlying} {range.name}
      </label>
      <input
        id={id}
        type="range"
        min={range.min}
        max={range.max}
        step={range.step}
        value={value}
        aria-valuetext={said}
        onChange={(event) => change(Number(event.target.value))}
      />
      <output htmlFor={id} className="number">
        {said}
      </output>
    </div>
  );
}
