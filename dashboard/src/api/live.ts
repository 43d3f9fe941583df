import { add, decimal, subtract, zero, type Decimal } from '../numbers/decimal.ts';
import type { ServerEvent } from './events.ts';
import type { Link } from './stream.ts';
import type { Market, Stage, Standing } from './types.ts';

/** Something that happened: a subaccount moved on the ladder, a market got another mode, a report was made. */
export interface Happening {
  readonly id: string;
  readonly seenAt: number;
  readonly kind: 'stage' | 'mode' | 'report';
  readonly subject: string;
  readonly from?: string;
  readonly to?: string;
}

const happeningsMax = 200;

/** Sums over all subaccounts that were told of, exact, kept up message by message. */
export class Totals {
  equity: Decimal = zero;
  initial: Decimal = zero;
  maintenance: Decimal = zero;
  readonly byStage = new Map<Stage, number>();

  /** Takes a standing in, or out again. */
  count(standing: Standing, by: 1 | -1): void {
    const sum = by === 1 ? add : subtract;
    this.equity = sum(this.equity, decimal(standing.equity));
    this.initial = sum(this.initial, decimal(standing.initialInEffect));
    this.maintenance = sum(this.maintenance, decimal(standing.maintenanceInEffect));
    this.byStage.set(standing.stage, (this.byStage.get(standing.stage) ?? 0) + by);
  }
}

/**
 * What the stream has told, for components to look at. Listeners are told once per frame, however many messages a frame
 * brings; a row of a table listens to its own subaccount only.
 */
export class Live {
  readonly standings = new Map<string, Standing>();
  readonly markets = new Map<string, Market>();
  totals = new Totals();
  happenings: readonly Happening[] = [];
  link: Link = { kind: 'connecting' };
  /** How often listeners were told. */
  version = 0;
  /** How many subaccounts were told of. */
  members = 0;
  /** How many events have arrived. */
  events = 0;
  /** When the newest event arrived, milliseconds of the local clock; 0: none has. */
  heardAt = 0;

  private readonly all = new Set<() => void>();
  private readonly byId = new Map<string, Set<() => void>>();
  private readonly changed = new Set<string>();
  private isScheduled = false;

  constructor(private readonly schedule: (run: () => void) => void = (run) => requestAnimationFrame(run)) {}

  /** Takes events of the stream. */
  take(events: readonly ServerEvent[], now: number): void {
    for (const event of events) this.takeOne(event, now);
    this.events += events.length;
    this.heardAt = now;
    this.touch();
  }

  /** Takes standings that were asked for, where there are too many for the stream. */
  takeStandings(standings: readonly Standing[], now: number): void {
    for (const standing of standings) this.stand(standing);
    this.heardAt = now;
    this.touch();
  }

  /** Forgets everything: the server has begun another journal. */
  clear(): void {
    this.standings.clear();
    this.markets.clear();
    this.totals = new Totals();
    this.happenings = [];
    this.members = 0;
    this.touch();
  }

  /** Takes how the stream stands. */
  takeLink(link: Link): void {
    this.link = link;
    this.touch();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.all.add(listener);
    return () => this.all.delete(listener);
  };

  /** Listens to one subaccount. */
  subscribeTo(id: string, listener: () => void): () => void {
    const own = this.byId.get(id) ?? new Set();
    this.byId.set(id, own);
    own.add(listener);
    return () => {
      own.delete(listener);
      if (own.size === 0) this.byId.delete(id);
    };
  }

  private takeOne(event: ServerEvent, now: number): void {
    const data = JSON.parse(event.data) as Record<string, unknown>;
    if (event.topic === 'market') {
      const market = data as unknown as Market;
      this.markets.set(market.underlying, market);
    } else if (event.topic === 'margin') {
      this.stand(data as unknown as Standing);
    } else if (event.topic === 'action' && typeof data['subaccount'] === 'string') {
      const standing = data as unknown as Standing & { from: Stage; to: Stage };
      this.stand(standing);
      this.note({ kind: 'stage', subject: standing.subaccount, from: standing.from, to: standing.to }, event, now);
    } else if (event.topic === 'action') {
      const mode = data as { underlying: string; from: string; to: string };
      this.note({ kind: 'mode', subject: mode.underlying, from: mode.from, to: mode.to }, event, now);
    } else if (event.topic === 'report') {
      this.note({ kind: 'report', subject: String(data['subaccount']) }, event, now);
    }
  }

  private stand(standing: Standing): void {
    const before = this.standings.get(standing.subaccount);
    if (before === undefined) this.members += 1;
    else this.totals.count(before, -1);
    this.totals.count(standing, 1);
    this.standings.set(standing.subaccount, standing);
    this.changed.add(standing.subaccount);
  }

  private note(happening: Omit<Happening, 'id' | 'seenAt'>, event: ServerEvent, now: number): void {
    const noted = { ...happening, id: event.id ?? String(this.events), seenAt: now };
    this.happenings = [noted, ...this.happenings].slice(0, happeningsMax);
  }

  private touch(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    this.schedule(() => this.tell());
  }

  private tell(): void {
    this.isScheduled = false;
    this.version += 1;
    const changed = [...this.changed];
    this.changed.clear();
    for (const id of changed) this.byId.get(id)?.forEach((listener) => listener());
    this.all.forEach((listener) => listener());
  }
}
