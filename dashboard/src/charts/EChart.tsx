import { useEffect, useRef } from 'react';
import type { EChartsCoreOption, ECharts } from 'echarts/core';
import { useIsDark } from '../app/theme.ts';
import { paletteOf, type Palette } from './palette.ts';

/** What draws a chart: fetched when the first chart is shown. */
export type Drawing = () => Promise<{ init(element: HTMLElement): ECharts }>;

const bars: Drawing = () => import('./echartsBars.ts');

/**
 * A chart of ECharts. It is a picture with a name for those who do not see it; its numbers stand in a table beside it.
 */
export function EChart(props: {
  label: string;
  height: number;
  option(palette: Palette, width: number): EChartsCoreOption;
  drawing?: Drawing;
}) {
  const { label, height, option, drawing = bars } = props;
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const isDark = useIsDark();
  const latest = useRef(option);
  latest.current = option;
  useEffect(() => {
    let isGone = false;
    const element = place.current;
    if (element === null) return;
    const draw = () => {
      const shown = { animation: false, ...latest.current(paletteOf(element), element.clientWidth) };
      chart.current?.setOption(shown, { notMerge: true });
    };
    const sizes = new ResizeObserver(() => {
      chart.current?.resize();
      draw();
    });
    void drawing().then((module) => {
      if (isGone) return;
      chart.current = module.init(element);
      draw();
      sizes.observe(element);
      void document.fonts.ready.then(draw); // labels were measured in whatever face was there
    });
    return () => {
      isGone = true;
      sizes.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, [drawing]);
  useEffect(() => {
    const element = place.current;
    if (element === null || chart.current === null) return;
    chart.current.setOption(
      { animation: false, ...option(paletteOf(element), element.clientWidth) },
      { notMerge: true },
    );
  }, [option, isDark]);
  return <div ref={place} className="chart" role="img" aria-label={label} style={{ height }} />;
}
