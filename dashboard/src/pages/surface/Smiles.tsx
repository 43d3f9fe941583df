import { useCallback, useMemo } from 'react';
import uPlot from 'uplot';
import { axis, Series } from '../../charts/Series.tsx';
import { short, type Palette } from '../../charts/palette.ts';
import type { Smile, SurfaceAnswer, SurfaceExpiry } from '../../api/answers.ts';
import { number } from '../../numbers/format.ts';
import { dayOf } from '../../numbers/time.ts';

const height = 210;

/** A small chart per expiry: quotes as bars from bid to ask, the fit as a line. */
export function Smiles({ surface }: { surface: SurfaceAnswer }) {
  return (
    <div className="smiles">
      {surface.expiries.map((expiry, index) => {
        const smile = surface.smiles[index];
        return smile === undefined ? null : <SmileChart key={expiry.expiry} expiry={expiry} smile={smile} />;
      })}
    </div>
  );
}

function SmileChart({ expiry, smile }: { expiry: SurfaceExpiry; smile: Smile }) {
  const data = useMemo(() => aligned(expiry, smile), [expiry, smile]);
  const outside = smile.quotes.filter((own) => own.fit < own.bid || own.fit > own.ask).length;
  const options = useCallback((palette: Palette) => drawing(palette), []);
  const title = `${dayOf(expiry.expiry)}, ${number(365 * expiry.T, 1)} days`;
  const said =
    smile.quotes.length === 0
      ? 'no quote of its own'
      : `${smile.quotes.length} quotes, ${outside} with the fit outside bid and ask`;
  return (
    <figure className="smile">
      <figcaption>
        <strong>{title}</strong> <span className="note">{said}</span>
      </figcaption>
      <Series label={`Smile of ${title}: ${said}`} height={height} data={data} options={options} />
    </figure>
  );
}

// Strikes of quotes and of the fit's points in one rising row, as uPlot wants them.
function aligned(expiry: SurfaceExpiry, smile: Smile): uPlot.AlignedData {
  const strikeOf = (k: number) => expiry.forward * Math.exp(k);
  const fit: [number[], number[]] = [
    smile.fit.map((own) => strikeOf(own.k)),
    smile.fit.map((own) => 100 * own.volatility),
  ];
  const quotes: uPlot.AlignedData = [
    smile.quotes.map((own) => strikeOf(own.k)),
    smile.quotes.map((own) => 100 * own.bid),
    smile.quotes.map((own) => 100 * own.ask),
  ];
  return smile.quotes.length === 0
    ? [...fit, smile.fit.map(() => null), smile.fit.map(() => null)]
    : uPlot.join([fit, quotes]);
}

function drawing(palette: Palette): Omit<uPlot.Options, 'width' | 'height'> {
  return {
    pxAlign: 0, // curves on whole pixels look like stairs
    legend: { show: false },
    cursor: { show: false },
    padding: [6, 8, 0, 0],
    scales: { x: { time: false } },
    axes: [
      axis(palette, { values: (_, splits) => splits.map(short), size: 26 }),
      axis(palette, { size: 38, values: (_, splits) => splits.map((own) => number(own, 0)) }),
    ],
    series: [
      {},
      { label: 'fit', stroke: palette.second, width: 2, spanGaps: true, points: { show: false } },
      { label: 'bid', paths: () => null, points: { show: false } },
      { label: 'ask', paths: () => null, points: { show: false } },
    ],
    hooks: { draw: [(plot) => drawQuotes(plot, palette)] },
  };
}

function drawQuotes(plot: uPlot, palette: Palette): void {
  const [strikes, , bids, asks] = plot.data;
  if (bids === undefined || asks === undefined) return;
  const context = plot.ctx;
  context.save();
  context.strokeStyle = palette.accent;
  context.lineWidth = 1.5 * devicePixelRatio;
  context.beginPath();
  strikes.forEach((strike, index) => {
    const [bid, ask] = [bids[index], asks[index]];
    if (bid === null || bid === undefined || ask === null || ask === undefined) return;
    const x = plot.valToPos(strike, 'x', true);
    context.moveTo(x, plot.valToPos(bid, 'y', true));
    context.lineTo(x, plot.valToPos(ask, 'y', true));
  });
  context.stroke();
  context.restore();
}
