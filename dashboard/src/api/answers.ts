import type { Core, Finding, ScenarioLoss, Stage } from './types.ts';

/** Answers about surfaces, scenarios, the past and what may be traded. */

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
