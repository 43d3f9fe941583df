import type { Status } from '../../api/types.ts';
import { count, none, number } from '../../numbers/format.ts';
import { span } from '../../numbers/time.ts';
import { Figure, Figures } from '../../ui/Figure.tsx';
import { Waiting } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';

/** What is durable, and what a restart has read. */
export function Journal({ status, receivedAt }: { status: Status | null; receivedAt: number }) {
  return (
    <Panel
      title="Journal"
      lead="Nothing is acknowledged before it is durable here."
      at={status?.at}
      receivedAt={receivedAt}
    >
      {status === null ? (
        <Waiting what="the status" />
      ) : (
        <>
          <Figures>
            <Figure
              label="Durable records"
              value={count(status.journal.durable)}
              unit="records"
              reason={`the newest segment is number ${status.journal.segment}`}
            />
            <Figure
              label="Recovered at the start"
              value={count(status.journal.recoveredEvents)}
              unit="events"
              reason={`in ${number(status.journal.recoverySeconds, 3)} s`}
            />
            <Figure
              label="State"
              value={status.journal.trouble === null ? '● Well' : '■ In trouble'}
              unit=""
              reason={status.journal.trouble ?? 'takes records'}
            />
            {status.snapshot && (
              <Figure
                label="Newest snapshot"
                value={status.snapshot.state === null ? none : count(status.snapshot.sequence)}
                unit={status.snapshot.state === null ? 'not yet' : 'events'}
                reason={
                  status.snapshot.trouble ??
                  (status.snapshot.state === null
                    ? 'a restart would read the journal from its beginning'
                    : `${span(1_000 * status.snapshot.ageSeconds)} old, ${count(status.snapshot.bytes)} bytes, made in ` +
                      `${number(status.snapshot.spentSeconds, 3)} s`)
                }
              />
            )}
          </Figures>
          <p className="note">
            Hash chain up to the newest durable record: <code className="digest">{status.journal.chain}</code>
          </p>
        </>
      )}
    </Panel>
  );
}
