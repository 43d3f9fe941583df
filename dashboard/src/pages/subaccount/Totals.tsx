import type { MarginReport, Standing } from '../../api/types.ts';
import { decimal, isNegative, ratio, subtract, text } from '../../numbers/decimal.ts';
import { cents, none, percent, shown } from '../../numbers/format.ts';
import { Figure, Figures, Money } from '../../ui/Figure.tsx';
import { words } from '../../ui/Findings.tsx';

/**
 * What decides the stage now: margins and haircuts may change only so fast, so what is in effect can differ from what
 * the report computes at this instant.
 */
export function InEffect({ standing, report }: { standing: Standing; report: MarginReport | null }) {
  const [equity, initial, maintenance] = [
    decimal(standing.equity),
    decimal(standing.initialInEffect),
    decimal(standing.maintenanceInEffect),
  ];
  const excess = subtract(equity, initial);
  const cover = ratio(equity, maintenance, 6);
  return (
    <Figures>
      <Figure
        label="Equity in effect"
        size="great"
        value={<Money value={standing.equity} />}
        unit="USD"
        reason={
          report === null || standing.equity === report.equity
            ? 'collateral after haircut, options, unrealised gains'
            : `computed ${cents(report.equity)}: haircuts may change only so fast`
        }
      />
      <Figure
        label="Initial margin in effect"
        size="great"
        value={<Money value={standing.initialInEffect} />}
        unit="USD"
        reason={limited(standing.initialInEffect, standing.initialMargin)}
      />
      <Figure
        label="Maintenance margin in effect"
        size="great"
        value={<Money value={standing.maintenanceInEffect} />}
        unit="USD"
        reason={limited(standing.maintenanceInEffect, standing.maintenanceMargin)}
      />
      <Figure
        label={isNegative(excess) ? 'Short of initial margin now' : 'Room over initial margin now'}
        size="great"
        tone={isNegative(excess) ? 'bad' : 'good'}
        value={<Money value={text(excess)} />}
        unit="USD"
        reason={`margin ratio ${cover === null ? none : shown(cover)}: equity ÷ maintenance, both in effect`}
      />
    </Figures>
  );
}

/** The totals of the report, each with what it is made of: what the command prints of the same book. */
export function Totals({ report, explained }: { report: MarginReport; explained: MarginReport | null }) {
  const isShort = isNegative(decimal(report.excess));
  return (
    <Figures>
      <Figure
        label="Equity"
        value={<Money value={report.equity} />}
        unit="USD"
        reason={`collateral ${cents(report.collateralValue)}, unrealised ${cents(report.unrealisedPnl)}, the rest options`}
      />
      <Figure
        label="Initial margin"
        value={<Money value={report.initialMargin} />}
        unit="USD"
        reason="needed to open or to withdraw"
      />
      <Figure
        label="Maintenance margin"
        value={<Money value={report.maintenanceMargin} />}
        unit="USD"
        reason="below it liquidation may begin"
      />
      <Figure
        label={isShort ? 'Short of initial margin' : 'Excess over initial margin'}
        tone={isShort ? 'bad' : 'plain'}
        value={<Money value={report.excess} />}
        unit="USD"
        reason={`withdrawable ${cents(report.withdrawable)}: without gains in thin markets of ${cents(report.thinGains)}`}
      />
      <Figure
        label="Margin ratio"
        value={<span className="number">{report.marginRatio ?? none}</span>}
        unit="equity ÷ maintenance"
        reason={
          report.marginRatio === null ? 'nothing is asked' : 'as computed; the stage follows from what is in effect'
        }
      />
      <Figure
        label="Target margin"
        value={<Money value={report.targetMargin} />}
        unit="USD"
        reason="what a liquidation restores; never below maintenance"
      />
      <Figure
        label="Core of maintenance"
        value={<Money value={coreOf(report)} />}
        unit="USD"
        reason={`${words(report.core.binding)} binds: ${bindingOf(report)}`}
      />
      <Figure
        label="Liquidation within 24 h"
        value={<span className="number">{percent(explained?.liquidation?.probability24h)}</span>}
        unit="%"
        reason={explained ? 'probability by simulated paths' : 'is being worked out'}
      />
    </Figures>
  );
}

function limited(effect: string, computed: string): string {
  return effect === computed
    ? 'as computed: no limit of speed holds it back'
    : `computed ${cents(computed)}: changes are limited in speed`;
}

function coreOf(report: MarginReport): string {
  return report.lines.find((line) => line.name === 'Core')?.maintenance ?? '0';
}

function bindingOf(report: MarginReport): string {
  const core = report.core;
  switch (core.binding) {
    case 'ExpectedShortfall':
      return `mean of the worst losses, ± ${cents(core.standardError)} standard error`;
    case 'ValueAtRisk':
      return 'the loss that few scenarios exceed';
    case 'Scenario':
      return core.worstScenario.label;
  }
}
