/** Colours of the page as charts need them: read of the style sheet, so that they are stated once. */
export interface Palette {
  readonly text: string;
  readonly soft: string;
  readonly line: string;
  readonly ground: string;
  readonly accent: string;
  readonly second: string;
  readonly third: string;
  readonly good: string;
  readonly bad: string;
  readonly warn: string;
  readonly font: string;
}

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: read('text'),
    soft: read('text-soft'),
    line: read('line'),
    ground: read('panel'),
    accent: read('accent'),
    second: read('second'),
    third: read('third'),
    good: read('good'),
    bad: read('bad'),
    warn: read('warn'),
    font: read('font'),
  };
}

/** What all charts of ECharts share: small type, quiet lines, a tip that is drawn and needs no style of its own. */
export function frameOf(palette: Palette) {
  return {
    textStyle: { fontFamily: palette.font, color: palette.text },
    tooltip: {
      renderMode: 'richText' as const,
      backgroundColor: palette.ground,
      borderColor: palette.line,
      textStyle: { color: palette.text, fontFamily: palette.font, fontSize: 12 },
      confine: true,
    },
  };
}

/** An axis of values, short: 1.2k, 3.4M. */
export function valueAxis(palette: Palette, name: string) {
  return {
    type: 'value' as const,
    name,
    nameTextStyle: { color: palette.soft, fontSize: 11 },
    axisLabel: { color: palette.soft, fontSize: 11, formatter: short, hideOverlap: true },
    splitLine: { lineStyle: { color: palette.line } },
  };
}

/** A number on an axis. */
export function short(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '\u2212' : '';
  if (size >= 1e9) return `${sign}${trim(size / 1e9)}B`;
  if (size >= 1e6) return `${sign}${trim(size / 1e6)}M`;
  if (size >= 1e3) return `${sign}${trim(size / 1e3)}k`;
  return `${sign}${trim(size)}`;
}

function trim(value: number): string {
  const digits = value.toPrecision(3);
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}
