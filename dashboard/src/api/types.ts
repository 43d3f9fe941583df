/** What the server answers. Money and quantities are decimal texts (INTERFACES 4); other numbers are as it has them. */

export const stages = ['Healthy', 'Warning', 'MarginCall', 'Deleverage', 'Auction', 'Backstop'] as const;
export type Stage = (typeof stages)[number];

export interface Finding {
  readonly kind: string;
  readonly subject: string;
  readonly message: string;
  readonly cost?: string;
}

export interface Refusal {
  readonly reason: string;
  readonly place: string;
  readonly value: string;
  readonly limit: string;
  readonly message: string;
}

/** Where a subaccount stands: what is in effect, from list and stream. */
export interface Standing {
  readonly subaccount: string;
  readonly stage: Stage;
  readonly equity: string;
  readonly initialMargin: string;
  readonly maintenanceMargin: string;
  readonly initialInEffect: string;
  readonly maintenanceInEffect: string;
  readonly refusals?: readonly Refusal[];
}

export interface Feed {
  readonly source: string;
  readonly state: string;
  readonly seenAt: string | null;
  readonly ageSeconds?: number;
}

export interface Status {
  readonly sequence: number;
  readonly at: string;
  readonly parameterVersion: number;
  readonly valuedAt: string | null;
  readonly subaccounts: number;
  readonly stopped: string | null;
  readonly queue: { readonly waiting: number; readonly waitingMax: number; readonly refusedFull: number };
  readonly journal: {
    readonly durable: number;
    readonly chain: string;
    readonly segment: number;
    readonly trouble: string | null;
    readonly recoveredEvents: number;
    readonly recoverySeconds: number;
  };
  readonly ladder?: readonly { readonly stage: Stage; readonly belowRatio: string }[];
  readonly feeds: readonly Feed[];
  readonly markets: readonly { readonly underlying: string; readonly mode: string }[];
}

export interface Market {
  readonly underlying: string;
  readonly mode: string;
  readonly indexUsd: number;
  readonly surface: string | null;
  readonly surfaceAt: string | null;
  readonly volatilityAnnual?: number;
  readonly instruments: number;
}

export interface Markets {
  readonly sequence: number;
  readonly at: string | null;
  readonly markets: readonly Market[];
  readonly findings: readonly Finding[];
}

export interface ScenarioLoss {
  readonly id: number;
  readonly block: string;
  readonly label: string;
  readonly loss: string;
  readonly lossDampened?: string;
  readonly time?: string;
}

export interface Core {
  readonly binding: 'ExpectedShortfall' | 'ValueAtRisk' | 'Scenario';
  readonly expectedShortfall: string;
  readonly valueAtRisk: string;
  readonly worstScenario: ScenarioLoss;
  readonly standardError: string;
  readonly scenarioCount: number;
}

export interface ExplainedCore extends Core {
  readonly amount: string;
  readonly valueAtRiskLow: string;
  readonly valueAtRiskHigh: string;
  readonly worstDeterministic: readonly ScenarioLoss[];
  readonly worstDistribution: readonly ScenarioLoss[];
}

export interface Greeks {
  readonly delta: string;
  readonly gamma: string;
  readonly vega: string;
  readonly theta: string;
}

export interface MarginLine {
  readonly name: string;
  readonly initial: string;
  readonly maintenance: string;
  readonly parts?: readonly {
    readonly underlying: string;
    readonly name?: string;
    readonly initial: string;
    readonly maintenance: string;
  }[];
}

export interface Position extends Greeks {
  readonly instrument: string;
  readonly quantity: string;
  readonly markPrice: string;
  readonly markValue: string;
  readonly componentLoss: string;
}

export interface Collateral {
  readonly asset: string;
  readonly chain?: string;
  readonly bridge: string;
  readonly quantity: string;
  readonly price: string;
  readonly haircutFraction: string;
  readonly haircutParts: Readonly<Record<string, string>>;
  readonly value: string;
  readonly componentLoss: string;
}

export interface Cure {
  readonly requirement: string;
  readonly kind: string;
  readonly instrument: string | null;
  readonly lots: string;
  readonly amount: string;
  readonly cost: string;
  readonly remaining: string;
  readonly isCured: boolean;
}

export interface Decay {
  readonly hours: number;
  readonly initial: string;
  readonly maintenance: string;
}

export interface Explanation {
  readonly maintenance: ExplainedCore;
  readonly initial: ExplainedCore;
  readonly factors: readonly ({
    readonly holding: string;
    readonly cross: string;
    readonly residual: string;
  } & Greeks)[];
  readonly incremental: readonly {
    readonly instrument: string;
    readonly initial: string;
    readonly maintenance: string;
  }[];
  readonly cures: readonly Cure[];
  readonly decay: readonly Decay[];
}

export interface MarginReport {
  readonly version: number;
  readonly subaccount: string;
  readonly at: string;
  readonly parameterVersion: number;
  readonly digests: Readonly<Record<'market' | 'parameters' | 'scenarios' | 'portfolio' | 'report', string>>;
  readonly equity: string;
  readonly collateralValue: string;
  readonly unrealisedPnl: string;
  readonly initialMargin: string;
  readonly targetMargin: string;
  readonly maintenanceMargin: string;
  readonly excess: string;
  readonly thinGains: string;
  readonly withdrawable: string;
  readonly marginRatio: string | null;
  readonly stage: Stage;
  readonly core: Core;
  readonly lines: readonly MarginLine[];
  readonly multipliers: Readonly<Record<string, string>>;
  readonly underlyings: readonly Readonly<Record<string, string>>[];
  readonly orders: readonly {
    readonly instrument: string;
    readonly quantity: string;
    readonly limitPrice: string;
    readonly reduceOnly: boolean;
    readonly adverseFill: string;
  }[];
  readonly positions: readonly Position[];
  readonly collateral: readonly Collateral[];
  readonly sensitivities: readonly (Greeks & { readonly underlying: string; readonly expiry: string | null })[];
  readonly liquidation?: {
    readonly probability1h: string;
    readonly probability24h: string;
    readonly probability7d: string;
    readonly prices: readonly {
      readonly underlying: string;
      readonly down: string | null;
      readonly up: string | null;
    }[];
  };
  readonly findings: readonly Finding[];
  readonly explanation?: Explanation;
}

/** Before and after of a what-if question, and exactly the difference. */
export interface Comparison {
  readonly before: MarginReport;
  readonly after: MarginReport;
  readonly change: Readonly<Record<string, unknown>> & {
    readonly equity: string;
    readonly initialMargin: string;
    readonly maintenanceMargin: string;
    readonly excess: string;
    readonly lines: readonly MarginLine[];
  };
}

export interface SurfaceExpiry {
  readonly expiry: string;
  readonly T: number;
  readonly forward: number;
  readonly theta: number;
  readonly rmseVolPoints: number | null;
  readonly shareInsideSpread: number | null;
  readonly shareWithinOnePoint: number | null;
  readonly quotes: number;
  readonly state: string;
  readonly arbitrageFree: boolean;
}

export interface Smile {
  readonly expiry: string;
  readonly quotes: readonly {
    readonly strike: number;
    readonly k: number;
    readonly bid: number;
    readonly ask: number;
    readonly fit: number;
  }[];
  readonly fit: readonly { readonly k: number; readonly volatility: number }[];
}

export interface SurfaceAnswer {
  readonly parameterVersion: number;
  readonly underlying: string;
  readonly at: string;
  readonly state: string;
  readonly shockRatio: number;
  readonly expiries: readonly SurfaceExpiry[];
  readonly findings: readonly Finding[];
  readonly smiles: readonly Smile[];
  readonly grid: {
    readonly deviations: readonly number[];
    readonly rows: readonly { readonly expiry: string; readonly volatilities: readonly number[] }[];
  };
}

export interface Move {
  readonly underlying: string;
  readonly spotFraction: number;
  readonly volatilityFraction: number;
}

export interface LossHorizon {
  readonly horizon: 'Maintenance' | 'Initial';
  readonly scenarios: string;
  readonly core: string;
  readonly binding: Core['binding'];
  readonly expectedShortfallLevel: string;
  readonly expectedShortfall: string;
  readonly standardError: string;
  readonly valueAtRiskLevel: string;
  readonly valueAtRisk: string;
  readonly valueAtRiskLow: string;
  readonly valueAtRiskHigh: string;
  readonly scenarioCount: number;
  readonly weightTotal: number;
  readonly bins: readonly {
    readonly from: string;
    readonly to: string;
    readonly weight: number;
    readonly scenarios: number;
  }[];
  readonly tail: readonly (ScenarioLoss & {
    readonly moves: readonly Move[];
    readonly weight: number;
    readonly tailFraction: string;
  })[];
  readonly deterministic: readonly (ScenarioLoss & { readonly moves: readonly Move[] })[];
}

export interface Distribution {
  readonly subaccount: string;
  readonly at: string;
  readonly horizons: readonly LossHorizon[];
}

export interface ScenarioSets {
  readonly at: string;
  readonly parameterVersion: number;
  readonly seed: {
    readonly value: string;
    readonly epoch: number;
    readonly beacon: string;
    readonly beaconMissing: boolean;
  };
  readonly underlyings: readonly {
    readonly underlying: string;
    readonly volatilityFiltered: number;
    readonly volatilityFloor: number;
    readonly volatility: number;
    readonly surface: string | null;
  }[];
  readonly sets: readonly {
    readonly horizon: string;
    readonly digest: string;
    readonly scenarios: number;
    readonly weightTotal: number;
    readonly blocks: readonly {
      readonly block: string;
      readonly firstId: number;
      readonly count: number;
      readonly weight: number;
      readonly dampeningMin: number;
    }[];
    readonly horizons: readonly {
      readonly underlying: string;
      readonly hours: number;
      readonly expectedDeviation: number;
    }[];
  }[];
}

export interface History {
  readonly from: string;
  readonly to: string;
  readonly samples: number;
  readonly points: readonly {
    readonly at: string;
    readonly sequence: number;
    readonly stage: Stage;
    readonly equity?: string;
    readonly initialMargin?: string;
    readonly maintenanceMargin?: string;
    readonly initialInEffect?: string;
    readonly maintenanceInEffect?: string;
    readonly prices: Readonly<Record<string, string>>;
  }[];
}

export interface Instruments {
  readonly at: string | null;
  readonly instruments: readonly {
    readonly instrument: string;
    readonly underlying: string;
    readonly lot: string;
    readonly markPrice?: string;
  }[];
}
