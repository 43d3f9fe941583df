import { useCallback } from 'react';
import { EChart } from '../../charts/EChart.tsx';
import { frameOf, short, valueAxis, type Palette } from '../../charts/palette.ts';
import type { LossHorizon } from '../../api/answers.ts';
import { approximate, decimal } from '../../numbers/decimal.ts';
import { cents, number } from '../../numbers/format.ts';

/** Bars of weight over loss, with lines at value at risk and expected shortfall. */
export function Histogram({ horizon }: { horizon: LossHorizon }) {
  const option = useCallback((palette: Palette, width: number) => drawing(horizon, palette, width), [horizon]);
  const [first, last] = [horizon.bins[0], horizon.bins.at(-1)];
  return (
    <EChart
      label={
        `Histogram of ${horizon.bins.length} bins of losses from ${cents(first?.from)} to ${cents(last?.to)} USD; ` +
        `value at risk ${cents(horizon.valueAtRisk)}, expected shortfall ${cents(horizon.expectedShortfall)}`
      }
      height={320}
      option={option}
    />
  );
}

function drawing(horizon: LossHorizon, palette: Palette, width: number) {
  const bins = horizon.bins;
  const at = (text: string) => approximate(decimal(text));
  const [risk, shortfall] = [at(horizon.valueAtRisk), at(horizon.expectedShortfall)];
  const first = bins[0] ? at(bins[0].from) : 0;
  const size = bins[0] ? at(bins[0].to) - at(bins[0].from) : 1;
  const share = (weight: number) => (100 * weight) / horizon.weightTotal;
  const mark = (name: string, value: number, color: string, align: 'left' | 'right') => ({
    xAxis: (value - first) / size - 0.5,
    label: { formatter: ` ${name} `, color: palette.text, fontSize: 11, position: 'end' as const, align, rotate: 0 },
    lineStyle: { color, type: 'solid' as const, width: 2 },
  });
  return {
    ...frameOf(palette),
    grid: { left: 8, right: width < 480 ? 16 : 32, top: 34, bottom: 26, containLabel: true },
    xAxis: [
      {
        type: 'category' as const,
        data: bins.map((bin) => short((at(bin.from) + at(bin.to)) / 2)),
        name: 'loss, USD',
        nameLocation: 'middle' as const,
        nameGap: 28,
        nameTextStyle: { color: palette.soft, fontSize: 11 },
        axisLabel: { color: palette.soft, fontSize: 11, hideOverlap: true },
        axisLine: { lineStyle: { color: palette.line } },
        axisTick: { show: false },
      },
      // Lines stand at losses, not at bins: they need an axis of values over the same width.
      { type: 'value' as const, min: -0.5, max: bins.length - 0.5, show: false },
    ],
    yAxis: valueAxis(palette, '% of weight'),
    series: [
      {
        type: 'bar' as const,
        barCategoryGap: '8%',
        data: bins.map((bin) => ({
          value: share(bin.weight),
          itemStyle: { color: at(bin.from) >= risk ? palette.bad : palette.accent },
        })),
        tooltip: {
          formatter: (point: { dataIndex: number }) => {
            const bin = bins[point.dataIndex];
            return bin === undefined
              ? ''
              : `${cents(bin.from)} to ${cents(bin.to)} USD\n` +
                  `${number(share(bin.weight), 3)} % of weight, ${bin.scenarios} scenarios`;
          },
        },
      },
      {
        type: 'bar' as const,
        xAxisIndex: 1,
        data: [],
        markLine: {
          silent: true,
          symbol: 'none',
          data: [
            mark('value at risk', risk, palette.warn, 'right'),
            mark('expected shortfall', shortfall, palette.bad, 'left'),
          ],
        },
      },
    ],
  };
}
