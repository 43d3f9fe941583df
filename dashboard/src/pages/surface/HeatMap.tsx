import { useCallback } from 'react';
import { HeatmapChart } from 'echarts/charts';
import { VisualMapComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { EChart } from '../../charts/EChart.tsx';
import { frameOf, type Palette } from '../../charts/palette.ts';
import type { SurfaceAnswer } from '../../api/answers.ts';
import { number } from '../../numbers/format.ts';
import { dayOf } from '../../numbers/time.ts';

use([HeatmapChart, VisualMapComponent]);

const rowHeight = 30;
const around = 96;

/** Volatility by expiry and distance from the forward, as colour and, where there is room, as number. */
export default function HeatMap({ grid, underlying }: { grid: SurfaceAnswer['grid']; underlying: string }) {
  const option = useCallback((palette: Palette, width: number) => drawing(grid, palette, width), [grid]);
  const all = grid.rows.flatMap((row) => row.volatilities);
  return (
    <EChart
      label={
        `Heat map of ${underlying}: volatilities from ${number(100 * Math.min(...all), 1)} % to ` +
        `${number(100 * Math.max(...all), 1)} % a year over ${grid.rows.length} expiries; the smiles above hold them`
      }
      height={around + rowHeight * grid.rows.length}
      option={option}
    />
  );
}

function drawing(grid: SurfaceAnswer['grid'], palette: Palette, width: number) {
  const all = grid.rows.flatMap((row) => row.volatilities);
  const dark = Math.min(...all) + 0.6 * (Math.max(...all) - Math.min(...all)); // above it cells are read in white
  const isNarrow = width < 760;
  return {
    ...frameOf(palette),
    grid: { left: 8, right: 12, top: 8, bottom: 58, containLabel: true },
    xAxis: {
      type: 'category' as const,
      data: grid.deviations.map((own) => (own > 0 ? `+${own}` : String(own).replace('-', '\u2212'))),
      axisLabel: { color: palette.soft, fontSize: 11 },
      axisLine: { lineStyle: { color: palette.line } },
      splitArea: { show: false },
    },
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: grid.rows.map((row) => dayOf(row.expiry)),
      axisLabel: { color: palette.soft, fontSize: 11 },
      axisLine: { lineStyle: { color: palette.line } },
    },
    visualMap: {
      min: 100 * Math.min(...all),
      max: 100 * Math.max(...all),
      calculable: false,
      orient: 'horizontal' as const,
      left: 'center',
      bottom: 0,
      itemHeight: 140,
      text: ['high', 'low'],
      textStyle: { color: palette.soft, fontSize: 11 },
      inRange: { color: ['#f4f1de', '#f2cc8f', '#e8985e', '#c8553d', '#7d2248'] },
    },
    series: [
      {
        type: 'heatmap' as const,
        data: grid.rows.flatMap((row, y) =>
          row.volatilities.map((own, x) => ({
            value: [x, y, 100 * own],
            label: { color: own > dark ? '#ffffff' : '#1c1c1c' },
          })),
        ),
        label: {
          show: !isNarrow,
          fontSize: 11,
          formatter: (cell: { value: unknown }) => number((cell.value as number[])[2], 0),
        },
        tooltip: {
          formatter: (cell: { value: unknown; name: string }) => {
            const [, y = 0, volatility = 0] = cell.value as number[];
            return `${dayOf(grid.rows[y]?.expiry ?? '')}, ${cell.name} deviations: ${number(volatility, 2)} %`;
          },
        },
      },
    ],
  };
}
