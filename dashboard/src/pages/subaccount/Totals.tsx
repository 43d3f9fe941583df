import type { MarginReport, Standing } from '../../api/types.ts';
import { decimal, isNegative } from '../../numbers/decimal.ts';
import { cents, none, percent } from '../../numbers/format.ts';
import { Figure, Figures, Money } from '../../ui/Figure.tsx';
import { words } from '../../ui/Findings.tsx';

/** The totals of the report, each with what it is made of. */
export function Totals(props: {
  report: MarginReport;
  standing: Standing | undefined;
  explained: MarginReport | null;
}) {
  const { report, standing, explained } = props;
  const isShort = isNegative(decimal(report.excess));
  return (
    <Figures>
      <Figure
        label="Equity"
        size="great"
        value={<Money value={report.equity} />}
        unit="USD"
        reason={`collateral after haircut ${cents(report.collateralValue)}, unrealised ${cents(report.unrealisedPnl)}, `
          + 'the rest is the value of options'}
      />
      <Figure
        label="Initial margin"
        size="great"
        value={<Money value={report.initialMargin} />}
        unit="USD"
        reason={`to open or withdraw; ${inEffect(standing?.initialInEffect, report.initialMargin)}`}
      />
      <Figure
        label="Maintenance margin"
        size="great"
        value={<Money value={report.maintenanceMargin} />}
        unit="USD"
        reason={`below it liquidation may begin; ${inEffect(standing?.maintenanceInEffect, report.maintenanceMargin)}`}
      />
      <Figure
        label={isShort ? 'Short of initial margin' : 'Excess over initial margin'}
        size="great"
        tone={isShort ? 'bad' : 'good'}
        value={<Money value={report.excess} />}
        unit="USD"
        reason={`withdrawable ${cents(report.withdrawable)}: without gains in thin markets of ${cents(report.thinGains)}`}
      />
      <Figure
        label="Margin ratio"
        value={<span className="number">{report.marginRatio ?? none}</span>}
        unit="equity ÷ maintenance"
        reason={report.marginRatio === null ? 'nothing is asked' : 'computed at this instant, without memory'}
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

function inEffect(effect: string | undefined, computed: string): string {
  if (effect === undefined) return 'in effect: not told yet';
  return effect === computed
    ? 'in effect as computed'
    : `in effect ${cents(effect)}: changes are limited in speed`;
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
