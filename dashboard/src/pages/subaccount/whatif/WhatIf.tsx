import { useCallback, useMemo, useState } from 'react';
import { useResource } from '../../../api/resource.ts';
import { useSession } from '../../../api/session.tsx';
import type { Instruments } from '../../../api/answers.ts';
import type { Comparison, MarginReport } from '../../../api/types.ts';
import { ProblemNotice, Waiting } from '../../../ui/Notice.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { Answer } from './Answer.tsx';
import { Moves } from './Moves.tsx';
import { OrderTicket } from './OrderTicket.tsx';
import { isNothing, questionOf, type Move, type Order } from './question.ts';

const askEvery = 150; // a slider moves faster than a margin is worked out

/** What orders would do, and moves of the market after them; nothing changes by asking. */
export function WhatIf({ report }: { report: MarginReport }) {
  const { client } = useSession();
  const [moves, setMoves] = useState<readonly Move[]>([]);
  const [orders, setOrders] = useState<readonly Order[]>([]);
  const listed = useResource(
    (signal) => client.get<Instruments>('/v1/instruments', signal),
    'instruments',
    report.at,
    60_000,
  );
  const underlyings = useMemo(
    () => [...new Set((listed.value?.instruments ?? []).map((own) => own.underlying))].sort(),
    [listed.value],
  );
  const reset = useCallback(() => {
    setMoves([]);
    setOrders([]);
  }, []);
  const question = questionOf(report.subaccount, orders, moves);
  return (
    <Panel
      title="What if"
      lead="Orders fill at the prices of now, then the market moves; the margin is worked out in full by the server, and nothing changes by asking."
      wide
      actions={
        <button type="button" onClick={reset} disabled={isNothing(question)}>
          Back to now
        </button>
      }
    >
      <div className="what-if">
        <div className="what-if-ask">
          <Moves underlyings={underlyings} moves={moves} change={setMoves} />
          <OrderTicket instruments={listed.value?.instruments ?? []} orders={orders} change={setOrders} />
        </div>
        {isNothing(question) ? (
          <p className="empty">Move a slider or add an order to see what would become of the margin.</p>
        ) : (
          <Asked key={report.subaccount} question={question} at={report.at} />
        )}
      </div>
    </Panel>
  );
}

// While the next answer is on its way the one before stays, and says so.
function Asked({ question, at }: { question: ReturnType<typeof questionOf>; at: string }) {
  const { client } = useSession();
  const text = JSON.stringify(question);
  const answer = useResource(
    async (signal) => ({
      text,
      comparison: await client.post<Comparison>('/v1/margin/what-if', question, signal),
    }),
    question.subaccount,
    `${text} ${at}`,
    askEvery,
  );
  if (answer.problem) return <ProblemNotice problem={answer.problem} retry={answer.refresh} />;
  if (answer.value === null) return <Waiting what="the answer" />;
  return (
    <Answer comparison={answer.value.comparison} receivedAt={answer.receivedAt} isBehind={answer.value.text !== text} />
  );
}
