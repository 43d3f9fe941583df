import { describe, expect, it } from 'vitest';
import { EventReader, type ServerEvent } from '../src/api/events.ts';
import { Live } from '../src/api/live.ts';
import { areMany, readAll } from '../src/api/standings.ts';
import { Stream, type Link, type StreamWorld } from '../src/api/stream.ts';
import { text } from '../src/numbers/decimal.ts';

describe('server-sent events', () => {
  const whole = 'id: 7-0\nevent: margin\ndata: {"a":1}\n\n: alive\n\nid: 7-1\nevent: market\ndata: {}\n\n';

  it('are the same however the stream is cut', () => {
    const once = new EventReader().take(whole);
    expect(once.map((event) => [event.id, event.topic, event.data])).toEqual([
      ['7-0', 'margin', '{"a":1}'],
      ['7-1', 'market', '{}'],
    ]);
    for (let size = 1; size < whole.length; size++) {
      const reader = new EventReader();
      const pieces: ServerEvent[] = [];
      for (let at = 0; at < whole.length; at += size) pieces.push(...reader.take(whole.slice(at, at + size)));
      expect(pieces).toEqual(once);
    }
  });
});

describe('the stream', () => {
  it('takes up after the last event when a connection breaks', async () => {
    const asked: (string | undefined)[] = [];
    const events: string[] = [];
    const world = worldOf(
      [
        () => answer('id: 3-0\nevent: margin\ndata: {}\n\n'),
        () => Promise.reject(new TypeError('refused')),
        () => answer('id: 4-0\nevent: margin\ndata: {}\n\nid: 4-1\nevent: margin\ndata: {}\n\n'),
        () => new Promise<Response>(() => undefined),
      ],
      asked,
    );
    const stream = new Stream('bw_key', world, {
      events: (taken) => events.push(...taken.map((event) => event.id ?? '')),
      link: () => undefined,
      begunAnew: () => undefined,
    });
    void stream.run();
    await settled(() => asked.length === 4);
    stream.stop();
    expect(asked).toEqual([undefined, '3-0', '3-0', '4-1']);
    expect(events).toEqual(['3-0', '4-0', '4-1']);
    expect(stream.resumesAfter).toBe('4-1');
  });

  it('says when the server has begun another journal, and not when it only comes back', async () => {
    const asked: (string | undefined)[] = [];
    let begun = 0;
    const world = worldOf(
      [
        () => answer('id: 30-0\nevent: margin\ndata: {}\n\n'),
        () => answer('id: 30-0\nevent: margin\ndata: {}\n\n'),
        () => answer('id: 4-0\nevent: margin\ndata: {}\n\n'),
      ],
      asked,
    );
    const stream = new Stream('bw_key', world, {
      events: () => undefined,
      link: () => undefined,
      begunAnew: () => begun++,
    });
    void stream.run();
    await settled(() => asked.length === 4);
    stream.stop();
    expect(begun).toBe(1);
  });

  it('waits longer each time, and begins anew once something has arrived', async () => {
    const waits: number[] = [];
    const fail = () => Promise.reject(new TypeError('refused'));
    const world = worldOf(
      [
        fail,
        fail,
        fail,
        () => answer('id: 1-0\nevent: margin\ndata: {}\n\n'),
        fail,
        () => new Promise<Response>(() => undefined),
      ],
      [],
      waits,
    );
    const stream = new Stream('bw_key', world, {
      events: () => undefined,
      link: () => undefined,
      begunAnew: () => undefined,
    });
    void stream.run();
    await settled(() => waits.length === 5);
    stream.stop();
    expect(waits).toEqual([250, 500, 1_000, 250, 500]);
  });

  it('ends where the key is refused, and does not ask again', async () => {
    const links: Link[] = [];
    const asked: (string | undefined)[] = [];
    const refusal = () =>
      Promise.resolve(
        new Response(JSON.stringify({ reason: 'Unauthorised', detail: 'no known key' }), { status: 401 }),
      );
    const stream = new Stream('bw_wrong', worldOf([refusal], asked), {
      events: () => undefined,
      link: (link) => links.push(link),
      begunAnew: () => undefined,
    });
    await stream.run();
    expect(asked.length).toBe(1);
    expect(links.at(-1)).toEqual({ kind: 'refused', why: 'no known key' });
  });
});

describe('what the stream has told', () => {
  const standing = (name: string, equity: string, stage = 'Healthy') => ({
    id: '1-0',
    topic: 'margin',
    data: JSON.stringify({
      subaccount: name,
      stage,
      equity,
      initialMargin: '1',
      maintenanceMargin: '1',
      initialInEffect: '2.000001',
      maintenanceInEffect: '1',
    }),
  });

  it('is told to listeners once per frame, and to a row for its own subaccount only', () => {
    const frames: (() => void)[] = [];
    const live = new Live((run) => frames.push(run));
    let all = 0;
    let anna = 0;
    live.subscribe(() => all++);
    live.subscribeTo('anna', () => anna++);
    for (let round = 0; round < 1_000; round++) live.take([standing(`a${round}`, '1')], 0);
    expect(frames.length).toBe(1);
    frames.shift()!();
    expect([all, anna]).toEqual([1, 0]);
    live.take([standing('anna', '1'), standing('anna', '2')], 0);
    frames.shift()!();
    expect([all, anna]).toEqual([2, 1]);
    expect(live.standings.get('anna')?.equity).toBe('2');
  });

  it('keeps exact sums as standings change', () => {
    const live = new Live(() => undefined);
    live.take([standing('anna', '0.1'), standing('bert', '0.2')], 0);
    live.take([standing('anna', '900719925474099.300001', 'Warning')], 0);
    expect(text(live.totals.equity)).toBe('900719925474099.500001');
    expect(text(live.totals.initial)).toBe('4.000002');
    expect(live.totals.byStage.get('Healthy')).toBe(1);
    expect(live.totals.byStage.get('Warning')).toBe(1);
  });
});

describe('more subaccounts than a stream tells', () => {
  const standing = (name: string) => ({
    subaccount: name,
    stage: 'Healthy',
    equity: '1.5',
    initialMargin: '1',
    maintenanceMargin: '1',
    initialInEffect: '1',
    maintenanceInEffect: '1',
  });
  const signal = new AbortController().signal;
  const clientOf = (answers: Record<string, unknown>) => ({
    get: <T>(path: string) => (path in answers ? Promise.resolve(answers[path] as T) : Promise.reject(new Error(path))),
  });

  it('are asked for in pages, if it is the key that sees so many', async () => {
    const list = '/v1/subaccounts?limit=10000';
    expect(await areMany(clientOf({ '/v1/status': { subaccounts: 210 } }), signal)).toBe(false);
    const own = { subaccounts: [standing('anna')], next: null };
    expect(await areMany(clientOf({ '/v1/status': { subaccounts: 100_000 }, [list]: own }), signal)).toBe(false);
    const all = { subaccounts: [standing('anna')], next: 'anna' };
    expect(await areMany(clientOf({ '/v1/status': { subaccounts: 100_000 }, [list]: all }), signal)).toBe(true);
    expect(await areMany(clientOf({}), signal)).toBe(false);
  });

  it('are all there after the last page, each once', async () => {
    const live = new Live(() => undefined);
    const names = Array.from({ length: 2_500 }, (_, index) => `a${index}`);
    await readAll(
      clientOf({
        '/v1/subaccounts?limit=10000': { subaccounts: names.slice(0, 1_500).map(standing), next: 'a 1/4' },
        '/v1/subaccounts?limit=10000&after=a%201%2F4': { subaccounts: names.slice(1_400).map(standing), next: null },
      }),
      live,
      signal,
    );
    expect(live.members).toBe(2_500);
    expect(text(live.totals.equity)).toBe('3750.0');
  });
});

function answer(body: string): Promise<Response> {
  return Promise.resolve(new Response(body, { status: 200 }));
}

function worldOf(
  answers: (() => Promise<Response>)[],
  asked: (string | undefined)[],
  waits: number[] = [],
): StreamWorld {
  return {
    fetch: (_, request) => {
      asked.push((request.headers as Record<string, string>)['Last-Event-ID']);
      return (answers[asked.length - 1] ?? (() => new Promise<Response>(() => undefined)))();
    },
    now: () => 0,
    random: () => 0,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  };
}

async function settled(is: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000 && !is(); turn++) await new Promise((resolve) => setTimeout(resolve, 1));
}
