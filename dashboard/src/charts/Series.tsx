import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useIsDark } from '../app/theme.ts';
import { paletteOf, type Palette } from './palette.ts';

/** A chart of series by uPlot. Its data are for the eye; the numbers that are read stand beside it. */
export function Series(props: {
  label: string;
  height: number;
  data: uPlot.AlignedData;
  options(palette: Palette): Omit<uPlot.Options, 'width' | 'height'>;
}) {
  const { label, height, data, options } = props;
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(data);
  latest.current = data;
  const isDark = useIsDark();
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const size = () => ({ width: Math.max(200, element.clientWidth), height });
    plot.current = new uPlot({ ...options(paletteOf(element)), ...size() }, latest.current, element);
    const sizes = new ResizeObserver(() => plot.current?.setSize(size()));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [options, height, isDark]);
  useEffect(() => plot.current?.setData(data), [data]);
  return <div ref={place} className="chart series" role="img" aria-label={label} />;
}

/** An axis in the colours of the page. */
export function axis(palette: Palette, more: uPlot.Axis): uPlot.Axis {
  return {
    stroke: palette.soft,
    grid: { stroke: palette.line, width: 1 },
    ticks: { stroke: palette.line, width: 1, size: 4 },
    font: `11px ${palette.font}`,
    labelFont: `11px ${palette.font}`,
    labelSize: 16,
    ...more,
  };
}
