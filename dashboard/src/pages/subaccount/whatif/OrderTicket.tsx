import { useId, useState } from 'react';
import type { Instruments } from '../../../api/answers.ts';
import { parse } from '../../../numbers/decimal.ts';
import { cents, grouped } from '../../../numbers/format.ts';
import { unitOf } from '../../../numbers/instruments.ts';
import type { Order } from './question.ts';

const offeredMax = 60;

/** A ticket for orders that are only asked about. */
export function OrderTicket(props: {
  instruments: Instruments['instruments'];
  orders: readonly Order[];
  change(orders: readonly Order[]): void;
}) {
  const { instruments, orders, change } = props;
  const [instrument, setInstrument] = useState('');
  const [side, setSide] = useState<'buy' | 'sell'>('buy');
  const [quantity, setQuantity] = useState('');
  const [limitPrice, setLimitPrice] = useState('');
  const [isResting, setIsResting] = useState(false);
  const [isReduceOnly, setIsReduceOnly] = useState(false);
  const [why, setWhy] = useState('');
  const ids = { instrument: useId(), list: useId(), quantity: useId(), price: useId(), why: useId(), side: useId() };
  const known = instruments.find((own) => own.instrument === instrument.trim());
  const add = () => {
    const problem = problemOf(instrument.trim(), quantity.trim(), limitPrice.trim(), isResting);
    setWhy(problem);
    if (problem !== '') return;
    const signed = side === 'sell' ? `-${quantity.trim()}` : quantity.trim();
    change([
      ...orders,
      { instrument: instrument.trim(), quantity: signed, limitPrice: limitPrice.trim(), isResting, isReduceOnly },
    ]);
    setQuantity('');
  };
  return (
    <fieldset className="ticket">
      <legend>Orders, only asked about</legend>
      <form
        className="ticket-form"
        aria-describedby={ids.why}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <fieldset className="choice">
          <legend className="hidden">Side</legend>
          {(['buy', 'sell'] as const).map((own) => (
            <label key={own}>
              <input type="radio" name={ids.side} checked={side === own} onChange={() => setSide(own)} />
              <span>{own === 'buy' ? 'Buy' : 'Sell'}</span>
            </label>
          ))}
        </fieldset>
        <div className="field field-wide">
          <label htmlFor={ids.instrument}>Instrument</label>
          <input
            id={ids.instrument}
            list={ids.list}
            value={instrument}
            placeholder="BTC_USDC-PERPETUAL"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setInstrument(event.target.value)}
          />
          <datalist id={ids.list}>
            {instruments
              .filter((own) => own.instrument.toLowerCase().includes(instrument.toLowerCase()))
              .slice(0, offeredMax)
              .map((own) => (
                <option key={own.instrument} value={own.instrument} />
              ))}
          </datalist>
        </div>
        <div className="field">
          <label htmlFor={ids.quantity}>
            Quantity <span className="unit">{instrument.trim() === '' ? '' : unitOf(instrument.trim())}</span>
          </label>
          <input
            id={ids.quantity}
            inputMode="decimal"
            value={quantity}
            autoComplete="off"
            onChange={(event) => setQuantity(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={ids.price}>Limit price</label>
          <input
            id={ids.price}
            inputMode="decimal"
            value={limitPrice}
            autoComplete="off"
            placeholder="at the mark"
            onChange={(event) => setLimitPrice(event.target.value)}
          />
        </div>
        <label className="check">
          <input type="checkbox" checked={isResting} onChange={(event) => setIsResting(event.target.checked)} />
          rests, unfilled
        </label>
        <label className="check">
          <input type="checkbox" checked={isReduceOnly} onChange={(event) => setIsReduceOnly(event.target.checked)} />
          reduce only
        </label>
        <button type="submit" className="primary">
          Add the order
        </button>
      </form>
      <p id={ids.why} className="problem-line" role="alert">
        {why}
      </p>
      {known && (
        <p className="note">
          {known.instrument}: lot {grouped(known.lot)} {unitOf(known.instrument)}, mark {cents(known.markPrice)} USD
        </p>
      )}
      {orders.length > 0 && (
        <ul className="orders">
          {orders.map((own, index) => (
            <li key={index}>
              <span>{sentenceOf(own)}</span>
              <button
                type="button"
                className="quiet"
                onClick={() => change(orders.filter((_, other) => other !== index))}
              >
                Remove<span className="hidden"> {sentenceOf(own)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}

function problemOf(instrument: string, quantity: string, limitPrice: string, isResting: boolean): string {
  const size = parse(quantity);
  if (instrument === '') return 'An order needs an instrument.';
  if (size === null || size.units <= 0n) return 'An order needs a quantity above zero, such as 0.5.';
  if (limitPrice !== '' && parse(limitPrice) === null) return 'A limit price is a number such as 65000.5.';
  return isResting && limitPrice === '' ? 'An order that rests needs a limit price.' : '';
}

function sentenceOf(own: Order): string {
  const isSale = own.quantity.startsWith('-');
  const quantity = grouped(isSale ? own.quantity.slice(1) : own.quantity);
  const price = own.limitPrice === '' ? 'at the mark' : `at ${grouped(own.limitPrice)}`;
  return (
    `${isSale ? 'sell' : 'buy'} ${quantity} ${unitOf(own.instrument)} of ${own.instrument} ${price}` +
    `${own.isResting ? ', resting' : ''}${own.isReduceOnly ? ', reduce only' : ''}`
  );
}
