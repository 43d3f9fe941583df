import { lazy, Suspense } from 'react';
import { linkTo } from '../../app/route.ts';
import { useResource } from '../../api/resource.ts';
import { marketsOf, useLive, useSession, useStatus } from '../../api/session.tsx';
import type { SurfaceAnswer } from '../../api/answers.ts';
import { number } from '../../numbers/format.ts';
import { Figure, Figures } from '../../ui/Figure.tsx';
import { Findings } from '../../ui/Findings.tsx';
import { ModeBadge, modeMeaning } from '../../ui/ModeBadge.tsx';
import { Empty, ProblemNotice, Waiting } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ExpiryTable } from './ExpiryTable.tsx';
import { Smiles } from './Smiles.tsx';

const HeatMap = lazy(() => import('./HeatMap.tsx'));
const surfaceEvery = 4_000;

/** The volatility surface of an underlying: what was quoted, what was fitted, and how far the fit can be trusted. */
export default function Surface({ underlying }: { underlying: string | null }) {
  const live = useLive();
  const markets = marketsOf(live);
  const chosen = underlying ?? markets[0]?.underlying ?? null;
  return (
    <div className="page">
      <div className="subject-line">
        <h1>Volatility surface</h1>
        <nav aria-label="Underlyings">
          <ul className="tabs">
            {markets.map((own) => (
              <li key={own.underlying}>
                <a
                  href={linkTo('surface', own.underlying)}
                  aria-current={own.underlying === chosen ? 'true' : undefined}
                >
                  {own.underlying}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      {chosen === null ? <Empty>No market is valued yet.</Empty> : <Fitted key={chosen} underlying={chosen} />}
    </div>
  );
}

function Fitted({ underlying }: { underlying: string }) {
  const { client } = useSession();
  const { status } = useStatus();
  const path = `/v1/surfaces/${encodeURIComponent(underlying)}`;
  const answer = useResource((signal) => client.get<SurfaceAnswer>(path, signal), path, status?.valuedAt, surfaceEvery);
  const surface = answer.value;
  if (surface === null) {
    return answer.problem ? (
      <ProblemNotice problem={answer.problem} retry={answer.refresh} />
    ) : (
      <Waiting what="the surface" />
    );
  }

  const dated = { at: surface.at, receivedAt: answer.receivedAt };
  const isFree = surface.expiries.every((own) => own.arbitrageFree);
  return (
    <div className="grid">
      {answer.problem && <ProblemNotice problem={answer.problem} retry={answer.refresh} />}
      <Panel title={`State of ${underlying}`} {...dated} wide>
        <Figures>
          <Figure
            label="State"
            value={<ModeBadge mode={surface.state} />}
            unit=""
            reason={modeMeaning(surface.state)}
          />
          <Figure
            label="Arbitrage"
            value={isFree ? '✓ None' : '✗ Found'}
            unit=""
            tone={isFree ? 'plain' : 'bad'}
            reason={
              isFree
                ? 'no butterfly and no calendar arbitrage at any expiry, checked anew'
                : 'an expiry below does not hold: see its row'
            }
          />
          <Figure
            label="Shocks of volatility"
            value={number(surface.shockRatio, 2)}
            unit="× as drawn"
            reason={surface.shockRatio === 1 ? 'a fresh surface asks for no more' : 'a doubtful surface asks for more'}
          />
          <Figure
            label="Expiries"
            value={String(surface.expiries.length)}
            unit="fitted"
            reason={`${surface.expiries.reduce((sum, own) => sum + own.quotes, 0)} quotes were good enough`}
          />
        </Figures>
      </Panel>
      <Panel title="Expiries" lead="Fit and certificate of each; a point is 1.00 % of volatility." {...dated} wide>
        <ExpiryTable surface={surface} />
      </Panel>
      <Panel
        title="Smiles"
        lead="Bars run from bid to ask of the cleaned quotes, the line is the fit; volatility in % a year over the strike in USD."
        {...dated}
        wide
      >
        <Smiles surface={surface} />
      </Panel>
      <Panel
        title="Heat map"
        lead="Volatility in % a year; across: standard deviations of each expiry from its forward; down: expiry."
        {...dated}
        wide
      >
        <Suspense fallback={<Waiting what="the heat map" />}>
          <HeatMap grid={surface.grid} underlying={underlying} />
        </Suspense>
      </Panel>
      <Panel title="Findings of the surface" lead="What quotes lack and where the fit is doubtful." {...dated} wide>
        <Findings caption="Findings of the surface" findings={surface.findings} />
      </Panel>
    </div>
  );
}
