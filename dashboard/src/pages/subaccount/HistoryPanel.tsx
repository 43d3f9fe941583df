import { useCallback, useMemo, useState } from 'react';
import uPlot from 'uplot';
import { useResource } from '../../api/resource.ts';
import { useSession } from '../../api/session.tsx';
import type { History } from '../../api/answers.ts';
import { axis, Series } from '../../charts/Series.tsx';
import { short, type Palette } from '../../charts/palette.ts';
import { approximate, parse } from '../../numbers/decimal.ts';
import { cents, number } from '../../numbers/format.ts';
import { clock } from '../../numbers/time.ts';
import { Empty, ProblemNotice, Waiting } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';

const historyEvery = 5_000;
const pointsWanted = 600;

/** Equity and margins through time against the price of an underlying. */
export function HistoryPanel({ id, stamp }: { id: string; stamp: unknown }) {
  const { client } = useSession();
  const path = `/v1/subaccounts/${encodeURIComponent(id)}/history?points=${pointsWanted}`;
  const answer = useResource(
    (signal) => client.get<History>(path, signal),
    path,
    stamp,
    historyEvery,
    (problem) => problem.reason === 'Unavailable', // this server keeps no history
  );
  const history = answer.value;
  const underlyings = useMemo(
    () => [...new Set((history?.points ?? []).flatMap((point) => Object.keys(point.prices)))].sort(),
    [history],
  );
  const [wanted, want] = useState<string | null>(null);
  const shown = wanted ?? underlyings[0] ?? '';
  return (
    <Panel
      title="Margin against price"
      lead="Equity and margins in effect (left, USD) and the index (right, USD), as the engine saw them."
      at={history?.points.at(-1)?.at}
      receivedAt={answer.receivedAt}
      wide
      actions={
        underlyings.length > 1 && (
          <label>
            <span className="note">Price of </span>
            <select value={shown} onChange={(event) => want(event.target.value)}>
              {underlyings.map((own) => (
                <option key={own}>{own}</option>
              ))}
            </select>
          </label>
        )
      }
    >
      {answer.problem && <ProblemNotice problem={answer.problem} retry={answer.refresh} />}
      {history === null ? (
        !answer.problem && <Waiting what="the history" />
      ) : history.points.length < 2 ? (
        <Empty>The history has not begun: points come with the ticks of the engine.</Empty>
      ) : (
        <Chart history={history} underlying={shown} />
      )}
    </Panel>
  );
}

function Chart({ history, underlying }: { history: History; underlying: string }) {
  const data = useMemo(() => columnsOf(history, underlying), [history, underlying]);
  const options = useCallback((palette: Palette) => drawing(palette, underlying), [underlying]);
  const [first, last] = [history.points[0], history.points.at(-1)];
  const span = `from ${clock(first?.at)} to ${clock(last?.at)} UTC`;
  return (
    <>
      <Series
        label={
          `Equity, initial and maintenance margin and the ${underlying} index ${span}; at the end equity ` +
          `${cents(last?.equity)}, initial ${cents(last?.initialInEffect)}, maintenance ` +
          `${cents(last?.maintenanceInEffect)}, index ${cents(last?.prices[underlying])} USD`
        }
        height={280}
        data={data}
        options={options}
      />
      <p className="note">
        {history.points.length} of {history.samples} samples {span}; extremes and changes of stage are kept.
      </p>
    </>
  );
}

function columnsOf(history: History, underlying: string): uPlot.AlignedData {
  const near = (text: string | undefined) => {
    const read = parse(text);
    return read === null ? null : approximate(read);
  };
  return [
    history.points.map((point) => Date.parse(point.at) / 1_000),
    history.points.map((point) => near(point.equity)),
    history.points.map((point) => near(point.initialInEffect)),
    history.points.map((point) => near(point.maintenanceInEffect)),
    history.points.map((point) => near(point.prices[underlying])),
  ];
}

function drawing(palette: Palette, underlying: string): Omit<uPlot.Options, 'width' | 'height'> {
  const line = (label: string, stroke: string, more: uPlot.Series = {}): uPlot.Series => ({
    label,
    stroke,
    width: 2,
    points: { show: false },
    value: (_, value) => number(value, 2),
    ...more,
  });
  return {
    pxAlign: 0,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
    legend: { show: true, live: true, markers: { width: 2 } },
    cursor: { drag: { x: true, y: false } },
    padding: [10, 4, 0, 0],
    scales: { price: {} },
    axes: [
      axis(palette, { values: (_, splits) => splits.map(timeOn) }),
      axis(palette, { size: 54, values: (_, splits) => splits.map(short) }),
      axis(palette, {
        scale: 'price',
        side: 1,
        size: 54,
        grid: { show: false },
        values: (_, splits) => splits.map((own) => number(own, 0)),
      }),
    ],
    series: [
      { label: 'UTC' },
      line('equity', palette.good),
      line('initial', palette.accent),
      line('maintenance', palette.bad),
      line(underlying || 'index', palette.second, { scale: 'price', dash: [6, 4] }),
    ],
  };
}

// The hour, and at midnight the day: always UTC.
function timeOn(seconds: number): string {
  const at = new Date(seconds * 1_000).toISOString();
  return at.slice(11, 16) === '00:00' ? at.slice(5, 10) : at.slice(11, 16);
}
