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
  /** Whether liquidation within a day is likelier than one in five, which warns by itself. */
  readonly liquidationLikely?: boolean;
  readonly refusals?: readonly Refusal[];
}

export interface Feed {
  readonly source: string;
  readonly state: string;
  readonly message?: string;
  readonly accepted?: number;
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
  readonly snapshot?: {
    readonly sequence: number;
    readonly state: string | null;
    readonly bytes: number;
    readonly ageSeconds: number;
    readonly spentSeconds: number;
    readonly trouble: string | null;
  };
  readonly feeds: readonly Feed[];
  /** Only where live venues are heard: indices of several sources, and what was refused of their messages. */
  readonly indices?: readonly {
    readonly underlying: string;
    readonly mode: string;
    readonly indexUsd?: number;
    readonly used: readonly string[];
    readonly leftOut: readonly { readonly source: string; readonly reason: string; readonly message: string }[];
  }[];
  readonly rejected?: readonly {
    readonly stage: string;
    readonly source: string;
    readonly reason: string;
    readonly count: number;
  }[];
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
