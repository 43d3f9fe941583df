import type { MarginLine, MarginReport } from '../../api/types.ts';
import { cents } from '../../numbers/format.ts';
import { words } from '../../ui/Findings.tsx';

/** Says of a line why it is what it is, from what the report itself holds. */
export function reasonOf(line: MarginLine, report: MarginReport, side: 'initial' | 'maintenance'): string {
  const sentence = sentenceOf(line.name, report, side);
  const parts = (line.parts ?? []).map(
    (part) => `${part.underlying}${part.name ? ` ${part.name}` : ''} ${cents(part[side])}`,
  );
  return parts.length === 0 ? sentence : `${sentence}: ${parts.join(', ')}`;
}

function sentenceOf(name: string, report: MarginReport, side: 'initial' | 'maintenance'): string {
  const multipliers = report.multipliers;
  switch (name) {
    case 'Core':
      return side === 'maintenance'
        ? `${words(report.core.binding)} binds${
            report.core.binding === 'Scenario' ? `: ${report.core.worstScenario.label}` : ''
          }`
        : 'the same over the longer horizon of initial margin';
    case 'Multipliers':
      return (
        `core × ${side === 'initial' ? multipliers['productInitial'] : multipliers['productMaintenance']}: system ` +
        `${multipliers['system']}, behaviour ${multipliers['behaviour']}, learned ${multipliers['learned']}, order flow ` +
        `${side === 'initial' ? multipliers['flowInitial'] : multipliers['flowMaintenance']}`
      );
    case 'Buffer':
      return 'held while volatility is below its own past, released as it rises';
    case 'Diversification':
      return 'offsets between underlyings are capped: each keeps a share of its own core';
    case 'Liquidity':
      return 'what closing costs';
    case 'Pin':
      return 'options at their strike in their last hours';
    case 'Basis':
      return 'longs against shorts of another price of the same underlying';
    case 'Flow':
      return 'drift foretold by the order flow, where it is against the account';
    case 'OpenOrders':
      return 'resting orders, each filled where its fill hurts';
    case 'Scheduled':
      return 'margin in effect less margin computed; a report has no memory, so 0 here';
    case 'ShortOptionMinimum':
      return 'what short options ask beyond the rest';
    case 'MinimumRatio':
      return 'keeps initial margin at its governed multiple of maintenance';
    default:
      return 'a line that this page does not know yet: see the methodology';
  }
}
