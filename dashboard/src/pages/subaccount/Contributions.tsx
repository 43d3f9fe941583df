import { useCallback } from 'react';
import { EChart } from '../../charts/EChart.tsx';
import { frameOf, valueAxis, type Palette } from '../../charts/palette.ts';
import type { MarginReport } from '../../api/types.ts';
import { approximate, decimal } from '../../numbers/decimal.ts';
import { cents } from '../../numbers/format.ts';
import { Empty } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';

const barsMax = 16;

interface Part {
  readonly name: string;
  readonly loss: string;
}

/** How much of the core each holding causes; what offsets goes the other way. The numbers stand under holdings. */
export function Contributions({ report, dated }: { report: MarginReport; dated: { at: string; receivedAt: number } }) {
  const parts = partsOf(report);
  const shown = parts.slice(0, barsMax);
  const shapes = shown.map((part) => `${part.name}=${part.loss}`).join(';');
  const option = useCallback((palette: Palette, width: number) => drawing(palette, width, shown), [shapes]);
  return (
    <Panel
      title="Contribution per position"
      lead="Part of the maintenance core that each holding causes, USD; to the left: it offsets others."
      {...dated}
    >
      {shown.length === 0 ? (
        <Empty>Nothing is held that could lose: the core is zero.</Empty>
      ) : (
        <EChart
          label={`Contributions: ${shown.map((part) => `${part.name} ${cents(part.loss)}`).join(', ')} USD`}
          height={48 + 26 * shown.length}
          option={option}
        />
      )}
      {parts.length > barsMax && (
        <p className="note">
          The {barsMax} greatest of {parts.length}; all of them stand under holdings.
        </p>
      )}
    </Panel>
  );
}

function partsOf(report: MarginReport): Part[] {
  return [
    ...report.positions.map((own) => ({ name: own.instrument, loss: own.componentLoss })),
    ...report.collateral.map((own) => ({ name: `${own.asset} collateral`, loss: own.componentLoss })),
  ]
    .filter((own) => decimal(own.loss).units !== 0n)
    .sort((left, right) => Math.abs(approximate(decimal(right.loss))) - Math.abs(approximate(decimal(left.loss))));
}

function drawing(palette: Palette, width: number, parts: readonly Part[]) {
  const isNarrow = width < 480;
  return {
    ...frameOf(palette),
    grid: { left: 20, right: isNarrow ? 16 : 72, top: 8, bottom: 8, containLabel: true },
    xAxis: valueAxis(palette, ''),
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: parts.map((part) => part.name),
      axisLabel: { color: palette.text, fontSize: 12, width: isNarrow ? 130 : 190, overflow: 'truncate' as const },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar' as const,
        barMaxWidth: 16,
        label: {
          show: !isNarrow,
          position: 'right' as const,
          color: palette.soft,
          fontSize: 11,
          formatter: (point: { dataIndex: number }) => cents(parts[point.dataIndex]?.loss),
        },
        data: parts.map((part) => {
          const value = approximate(decimal(part.loss));
          return { value, itemStyle: { color: value < 0 ? palette.good : palette.accent } };
        }),
        tooltip: {
          formatter: (point: { dataIndex: number; name: string }) =>
            `${point.name}: ${cents(parts[point.dataIndex]?.loss)} USD`,
        },
      },
    ],
  };
}
