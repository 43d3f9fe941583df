import { describe, expect, it } from 'vitest';
import { takeKey } from '../src/app/key.ts';
import { linkTo, routeOf } from '../src/app/route.ts';
import { short } from '../src/charts/palette.ts';
import { underlyingOf, unitOf } from '../src/numbers/instruments.ts';
import { between, clock, span } from '../src/numbers/time.ts';
import { marginRatio } from '../src/pages/overview/columns.ts';
import { stepsOf } from '../src/pages/subaccount/steps.ts';
import { hundredths, isNothing, questionOf } from '../src/pages/subaccount/whatif/question.ts';
import { nextOf } from '../src/ui/arrowKeys.ts';
import { words } from '../src/ui/Findings.tsx';

describe('addresses', () => {
  it('hold any name of a subaccount and give it back', () => {
    for (const name of ['anna', 'a/b', '<script>alert(1)</script>', 'ü %25', '#key=x', '..']) {
      expect(routeOf(linkTo('subaccount', name))).toEqual({ page: 'subaccount', subject: name });
    }
  });

  it('lead to the overview where they lead nowhere', () => {
    expect(routeOf('')).toEqual({ page: 'overview', subject: null });
    expect(routeOf('#/nothing/x').page).toBe('overview');
    expect(routeOf('#/subaccount/%E0%A4%A').subject).toBe('%E0%A4%A');
  });
});

describe('a key in an address', () => {
  it('is kept in the tab and taken out of the address', () => {
    const kept = new Map<string, string>();
    let address = '';
    const window = {
      location: { hash: '#key=bw_secret', pathname: '/' },
      sessionStorage: {
        setItem: (name: string, value: string) => kept.set(name, value),
        getItem: (name: string) => kept.get(name) ?? null,
      },
      history: { replaceState: (_: unknown, __: string, to: string) => (address = to) },
    } as unknown as Window;
    expect(takeKey(window)).toBe('bw_secret');
    expect(address).toBe('/#/overview');
    expect([...kept.values()]).toEqual(['bw_secret']);
  });
});

describe('a what-if question', () => {
  it('asks nothing until something is asked', () => {
    const still = [{ underlying: 'BTC', pricePercent: 0, volatilityPercent: 0 }];
    expect(isNothing(questionOf('anna', [], still))).toBe(true);
  });

  it('states moves as decimals of the API, without floating point', () => {
    expect([-60, -7, 0, 5, 29, 150].map(hundredths)).toEqual(['-0.60', '-0.07', '0.00', '0.05', '0.29', '1.50']);
    const order = {
      instrument: 'BTC-PERPETUAL',
      quantity: '-10',
      limitPrice: '',
      isResting: false,
      isReduceOnly: true,
    };
    expect(questionOf('anna', [order], [{ underlying: 'BTC', pricePercent: -7, volatilityPercent: 0 }])).toEqual({
      subaccount: 'anna',
      orders: [{ instrument: 'BTC-PERPETUAL', quantity: '-10', reduceOnly: true }],
      moves: [{ underlying: 'BTC', priceRelative: '-0.07' }],
    });
  });
});

describe('what pages work out', () => {
  it('a waterfall ends where its amounts add up to', () => {
    const steps = stepsOf([100, -30, 50]);
    expect(steps).toEqual([
      { base: 0, size: 100, isFall: false },
      { base: 70, size: 30, isFall: true },
      { base: 70, size: 50, isFall: false },
    ]);
  });

  it('units follow from the names of instruments', () => {
    expect(['BTC-27MAR26-90000-C', 'ETH_USDC-PERPETUAL', 'BTC-PERPETUAL', 'BTC-27MAR26', 'ETH'].map(unitOf)).toEqual([
      'BTC',
      'ETH',
      'USD',
      'USD',
      'ETH',
    ]);
    expect(underlyingOf('BTC_USDC-27MAR26-90000-C')).toBe('BTC');
  });

  it('the margin ratio is that of the server, and none where nothing is asked', () => {
    const own = { equity: '92269.402318', maintenanceInEffect: '76185.388011' } as Parameters<typeof marginRatio>[0];
    expect(marginRatio(own)).toBe('1.211116');
    expect(marginRatio({ ...own, maintenanceInEffect: '0.000000' })).toBeNull();
  });

  it('ages are said in the greatest two units', () => {
    expect([0, 59_999, 60_000, 3_725_000, 90_000_000].map(span)).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '1 h 2 min',
      '1 d 1 h',
    ]);
    expect(between('2026-02-05T09:36:00Z', '2026-02-05T09:37:00.5Z')).toBe(60_500);
    expect(between(null, '2026-02-05T09:37:00Z')).toBeNull();
    expect(clock('2026-02-05T09:37:00.123Z')).toBe('2026-02-05 09:37:00');
  });

  it('arrow keys stay within a table', () => {
    expect([nextOf('ArrowDown', -1, 3), nextOf('ArrowDown', 2, 3), nextOf('ArrowUp', 0, 3)]).toEqual([0, 2, 0]);
    expect([nextOf('Home', 2, 3), nextOf('End', 0, 3), nextOf('a', 0, 3)]).toEqual([0, 2, null]);
  });

  it('axes are short and names of code are words', () => {
    expect([0, 695, 12_400, -104_000, 1.5e6, 2e9].map(short)).toEqual([
      '0',
      '695',
      '12.4k',
      '\u2212104k',
      '1.5M',
      '2B',
    ]);
    expect(words('MarkOutsideSpread')).toBe('Mark outside spread');
  });
});
