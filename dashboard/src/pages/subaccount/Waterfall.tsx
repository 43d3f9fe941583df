import { useCallback, useId, useState } from 'react';
import { EChart } from '../../charts/EChart.tsx';
import type { MarginLine, MarginReport } from '../../api/types.ts';
import { approximate, decimal } from '../../numbers/decimal.ts';
import { cents } from '../../numbers/format.ts';
import { frameOf, valueAxis, type Palette } from '../../charts/palette.ts';
import { Money } from '../../ui/Figure.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Table } from '../../ui/Table.tsx';
import { words } from '../../ui/Findings.tsx';
import { reasonOf } from './lineReasons.ts';
import { stepsOf } from './steps.ts';

type Side = 'initial' | 'maintenance';

/** The margin as a waterfall of its lines: each begins where the one before ended, and the last is the margin. */
export function Waterfall({ report, dated }: { report: MarginReport; dated: { at: string; receivedAt: number } }) {
  const [side, setSide] = useState<Side>('maintenance');
  const total = side === 'initial' ? report.initialMargin : report.maintenanceMargin;
  const drawn = report.lines.filter((line) => decimal(line[side]).units !== 0n);
  const shapes = drawn.map((line) => `${line.name}=${line[side]}`).join(';');
  const option = useCallback(
    (palette: Palette, width: number) => drawing(palette, width, drawn, side, total),
    [shapes, side, total], // what is drawn follows from these
  );
  return (
    <Panel
      title="The margin, line by line"
      lead={`Lines add up to the ${side} margin, to the last unit.`}
      {...dated}
      wide
      actions={<SideChoice side={side} choose={setSide} />}
    >
      <div className="chart-and-table">
        <EChart
          label={`Waterfall of the ${side} margin: ${drawn
            .map((line) => `${words(line.name)} ${cents(line[side])}`)
            .join(', ')}; together ${cents(total)} USD`}
          height={300}
          option={option}
        />
        <Table
          caption={`Lines of the ${side} margin`}
          rows={report.lines}
          keyOf={(line) => line.name}
          columns={[
            { head: 'Line', isHead: true, show: (line) => words(line.name) },
            {
              head: side === 'initial' ? 'Initial' : 'Maintenance',
              unit: 'USD',
              isNumber: true,
              show: (line) => <Money value={line[side]} />,
            },
            { head: 'Why', show: (line) => reasonOf(line, report, side) },
          ]}
          foot={
            <tr>
              <th scope="row">{side === 'initial' ? 'Initial margin' : 'Maintenance margin'}</th>
              <td className="right">
                <Money value={total} />
              </td>
              <td>the sum of the lines</td>
            </tr>
          }
        />
      </div>
    </Panel>
  );
}

function SideChoice({ side, choose }: { side: Side; choose(side: Side): void }) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend className="hidden">Which margin</legend>
      {(['maintenance', 'initial'] as const).map((own) => (
        <label key={own}>
          <input type="radio" name={name} checked={side === own} onChange={() => choose(own)} />
          <span>{own === 'initial' ? 'Initial' : 'Maintenance'}</span>
        </label>
      ))}
    </fieldset>
  );
}

function drawing(palette: Palette, width: number, lines: readonly MarginLine[], side: Side, total: string) {
  const steps = stepsOf(lines.map((line) => approximate(decimal(line[side]))));
  const names = [...lines.map((line) => words(line.name)), 'Margin'];
  const end = approximate(decimal(total));
  const isNarrow = width < 480;
  return {
    ...frameOf(palette),
    grid: { left: 16, right: isNarrow ? 24 : 72, top: 8, bottom: 8, containLabel: true },
    xAxis: valueAxis(palette, ''),
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: names,
      axisLabel: { color: palette.text, fontSize: 12, width: isNarrow ? 96 : 150, overflow: 'truncate' as const },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar' as const,
        stack: 'margin',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: [...steps.map((step) => step.base), 0],
        tooltip: { show: false },
      },
      {
        type: 'bar' as const,
        stack: 'margin',
        barMaxWidth: 18,
        label: {
          show: !isNarrow,
          position: 'right' as const,
          color: palette.soft,
          fontSize: 11,
          formatter: (point: { dataIndex: number }) =>
            cents(point.dataIndex < lines.length ? lines[point.dataIndex]?.[side] : total),
        },
        data: [
          ...steps.map((step) => ({
            value: step.size,
            itemStyle: { color: step.isFall ? palette.good : palette.accent },
          })),
          { value: end, itemStyle: { color: palette.text } },
        ],
        tooltip: {
          formatter: (point: { dataIndex: number; name: string }) =>
            `${point.name}: ${cents(point.dataIndex < lines.length ? lines[point.dataIndex]?.[side] : total)} USD`,
        },
      },
    ],
  };
}
