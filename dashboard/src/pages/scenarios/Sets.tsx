import { useResource } from '../../api/resource.ts';
import { useSession, useStatus } from '../../api/session.tsx';
import type { ScenarioSets } from '../../api/answers.ts';
import { count, number } from '../../numbers/format.ts';
import { ProblemNotice, Waiting } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Table } from '../../ui/Table.tsx';

const setsEvery = 15_000;

const blocks: Record<string, string> = {
  A: 'filtered history: recorded hours, scaled to the volatility of now',
  B: 'jump diffusion, drawn from the public seed',
  C: 'past crashes',
  D: 'grid of prices and volatilities',
  E: 'hypothetical events',
};

/** The scenario sets that every account is margined with. */
export function Sets() {
  const { client } = useSession();
  const { status } = useStatus();
  const answer = useResource(
    (signal) => client.get<ScenarioSets>('/v1/scenarios', signal),
    'sets',
    status?.valuedAt,
    setsEvery,
  );
  const sets = answer.value;
  return (
    <Panel
      title="Scenario sets"
      lead="The same for every account; anybody can draw them again from the seed."
      at={sets?.at}
      receivedAt={answer.receivedAt}
      wide
    >
      {answer.problem && <ProblemNotice problem={answer.problem} retry={answer.refresh} />}
      {sets === null ? (
        !answer.problem && <Waiting what="the scenario sets" />
      ) : (
        <>
          <Table
            caption="Blocks of the scenario sets"
            rows={sets.sets.flatMap((set) => set.blocks.map((block) => ({ set, block })))}
            keyOf={({ set, block }) => `${set.horizon}/${block.block}`}
            columns={[
              { head: 'Horizon', isHead: true, show: ({ set }) => set.horizon },
              { head: 'Block', show: ({ block }) => block.block },
              { head: 'What it is', show: ({ block }) => blocks[block.block] ?? '' },
              { head: 'Scenarios', isNumber: true, show: ({ block }) => count(block.count) },
              {
                head: 'Weight',
                unit: '%',
                isNumber: true,
                show: ({ set, block }) => number((100 * block.weight) / set.weightTotal, 2),
              },
              {
                head: 'Strongest dampening',
                unit: '×',
                isNumber: true,
                show: ({ block }) => number(block.dampeningMin, 3),
              },
            ]}
          />
          <Table
            caption="Volatilities of the scenario sets"
            rows={sets.underlyings}
            keyOf={(own) => own.underlying}
            columns={[
              { head: 'Underlying', isHead: true, show: (own) => own.underlying },
              { head: 'Used', unit: '% p.a.', isNumber: true, show: (own) => number(100 * own.volatility, 1) },
              {
                head: 'Filtered',
                unit: '% p.a.',
                isNumber: true,
                show: (own) => number(100 * own.volatilityFiltered, 1),
              },
              { head: 'Floor', unit: '% p.a.', isNumber: true, show: (own) => number(100 * own.volatilityFloor, 1) },
              {
                head: 'Horizons',
                unit: 'hours',
                isNumber: true,
                show: (own) =>
                  sets.sets
                    .map((set) => number(set.horizons.find((other) => other.underlying === own.underlying)?.hours, 0))
                    .join(' and '),
              },
            ]}
          />
          <p className="note">
            Seed <code className="digest">{sets.seed.value}</code>, epoch {sets.seed.epoch}
            {sets.seed.beaconMissing && ': no public beacon was given, so block B could have been prepared for'}.{' '}
            {sets.sets.map((set) => (
              <span key={set.horizon}>
                {set.horizon} <code className="digest">{set.digest}</code>{' '}
              </span>
            ))}
          </p>
        </>
      )}
    </Panel>
  );
}
