import { afterEach, beforeAll, afterAll, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { leftAnswer } from '#platform/rehearsal/left-answer.js';
import { until } from '#platform/rehearsal/rehearsal-consumer.js';
import { BoardDesk } from '../rehearsal/board-desk.js';
import * as desk from '../rehearsal/desk-events.js';
import { idOf } from '../rehearsal/desk-events.js';
import type { BoardList, BoardSession } from './board-session.row.js';

let capacity: BoardDesk;
beforeAll(async () => {
  capacity = await BoardDesk.open();
  await capacity.tell(desk.ground(), desk.scheduled('a', { capacity: 1_000 }), desk.scheduled('b'));
});
afterAll(() => capacity?.close());
const open: Screen[] = [];
afterEach(() => {
  for (const screen of open.splice(0)) screen.leave();
});

interface Message {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** A screen of the desk. */
class Screen {
  readonly heard: Message[] = [];
  private readonly leaving = new AbortController();

  static async open(): Promise<Screen> {
    const screen = new Screen();
    open.push(screen);
    const answer = await fetch(`${capacity.service.url}/capacity/live`, {
      headers: await capacity.headers(),
      signal: screen.leaving.signal,
    });
    void (async () => {
      let text = '';
      for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
        const blocks = (text + part).split('\n\n');
        text = blocks.pop()!;
        screen.heard.push(...blocks.filter((block) => block.startsWith('event')).map(messageOf));
      }
    })().catch(() => undefined);
    await until(() => screen.heard.length > 0, 'the snapshot');
    return screen;
  }

  get snapshot(): BoardList {
    return JSON.parse(this.heard[0]!.data) as BoardList;
  }

  /** Every session it was sent since, by code, the newest of each. */
  latest(): Map<string, BoardSession> {
    const sessions = this.heard.slice(1).map(({ data }) => JSON.parse(data) as BoardSession);
    return new Map(sessions.map((session) => [session.sessionCode, session]));
  }

  leave(): void {
    this.leaving.abort();
  }
}

function messageOf(block: string): Message {
  return Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2))) as Message;
}

describe('a screen that follows the board', () => {
  test('gets the whole board first, and then each session that changes, with the position', async () => {
    const waitFor = await capacity.tell(desk.made('a', 'r1'));
    await capacity.ask('/capacity/sessions', { waitFor });
    const screen = await Screen.open();
    expect(screen.heard[0]).toMatchObject({ event: 'snapshot', id: screen.snapshot.asOf.position });
    expect(screen.snapshot.sessions.map(({ sessionCode, reserved }) => [sessionCode, reserved])).toEqual(
      expect.arrayContaining([
        ['a', 1],
        ['b', 0],
      ]),
    );
    await capacity.tell(desk.made('b', 'r2'));
    await until(() => screen.heard.length > 1);
    expect(screen.heard[1]).toMatchObject({ event: 'session', id: expect.stringMatching(/^[\da-f-]{36}\/\d+:\d+/) });
    const one = await capacity.ask(`/capacity/sessions/${idOf('b')}`);
    expect(JSON.parse(screen.heard[1]!.data)).toEqual(await one.json());
  });

  test('is told when the term, the venue or the course of a session changes', async () => {
    const screen = await Screen.open();
    await capacity.tell(desk.course('スマホ', 'スマホ入門'));
    await until(() => screen.latest().get('b')?.courseTitle === 'スマホ入門');
    await capacity.tell(desk.termClosed('t1'));
    await until(() => screen.latest().get('a')?.state === 'closed');
    await capacity.tell(desk.termOpened('t1'));
    await until(() => screen.latest().get('a')?.state === 'open');
  });

  test('is told when a session becomes stale', async () => {
    const screen = await Screen.open();
    await capacity.tell(desk.scheduled('s'));
    await capacity.tell(desk.odd(desk.held('s', 'h').stream));
    await until(() => screen.latest().get('s')?.state === 'stale');
    expect(screen.latest().get('s')).toMatchObject({ seatsLeft: 0 });
  });

  test.each([
    ['venue', desk.venue('旧館'), desk.venue('旧館', { name: '新館' }), { venueName: '新館' }],
    ['course', desk.course('旧講座'), desk.course('旧講座', '新講座'), { courseTitle: '新講座' }],
  ])('shows what a %s is called once its news have been taken up', async (kind, before, after, shown) => {
    const session = `of ${kind}`;
    await capacity.tell(before, desk.scheduled(session, { venue: '旧館', course: '旧講座' }));
    const screen = await Screen.open();
    await capacity.tell(desk.odd(before.stream), after);
    await until(() => screen.latest().get(session)?.state === 'stale');
    await capacity.retry(before.stream);
    await until(() => screen.latest().get(session)?.state === 'open');
    expect(screen.latest().get(session)).toMatchObject(shown);
  });

  test('misses nothing while many change and others come and go', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `m${i}`);
    await capacity.tell(names.map((name) => desk.scheduled(name)));
    const screens = await Promise.all(Array.from({ length: 5 }, () => Screen.open()));
    const late: Promise<Screen>[] = [];
    for (const [i, name] of names.entries()) {
      await capacity.tell(desk.made(name, `of ${name}`));
      if (i % 10 === 5) late.push(Screen.open());
    }
    const all = [...screens, ...(await Promise.all(late))];
    const reserved = (screen: Screen, name: string) =>
      screen.latest().get(name)?.reserved ??
      screen.snapshot.sessions.find(({ sessionCode }) => sessionCode === name)?.reserved;
    await until(() => all.every((screen) => names.every((name) => reserved(screen, name) === 1)));
    // Every screen that was there from the beginning heard of each change by an event
    for (const screen of screens) expect(names.every((name) => screen.latest().has(name))).toBe(true);
  });

  test('is given the whole board again when a rebuild has put it right', async () => {
    const reservedOf = ({ data }: Message) =>
      (JSON.parse(data) as BoardList).sessions.find(({ sessionCode }) => sessionCode === 'a')!.reserved;
    const [seats] = await capacity.query('select reserved from seat_board.seats where session_id = $1', [idOf('a')]);
    await capacity.query('update seat_board.seats set reserved = 900 where session_id = $1', [idOf('a')]);
    const screen = await Screen.open();
    expect(reservedOf(screen.heard[0]!)).toBe(900);
    await capacity.rebuild();
    await until(() => screen.heard.length > 1, 'the board after the rebuild');
    expect(screen.heard[1]).toMatchObject({ event: 'snapshot', id: screen.heard[0]!.id });
    expect(reservedOf(screen.heard[1]!)).toBe(seats!['reserved']);
    const late = await Screen.open();
    await wait(700);
    expect([screen.heard.length, late.heard.length]).toEqual([2, 1]);
  });

  test('that left before it was served is not kept for ever', async () => {
    const live = capacity.liveBoard();
    await until(() => live.count === 0, 'the other screens being gone');
    live.add(await leftAnswer());
    const next = await Screen.open();
    expect(live.count).toBe(1);
    next.leave();
    await until(() => live.count === 0, 'the last screen being gone');
  });

  test('that has stopped reading is cut off, and the others go on', async () => {
    const healthy = await Screen.open();
    const { hostname, port } = new URL(capacity.service.url);
    const [[header, token]] = Object.entries(await capacity.headers()) as [[string, string]];
    const stuck = connect(Number(port), hostname);
    let cut = false;
    stuck.on('error', () => undefined).on('close', () => (cut = true));
    stuck.write(`GET /capacity/live HTTP/1.1\r\nHost: desk\r\n${header}: ${token}\r\n\r\n`);
    stuck.pause();
    const live = capacity.liveBoard();
    await until(() => live.count === 2);
    await until(() => {
      if (live.count === 2) live.send(`: ${'x'.repeat(1_000_000)}\n\n`);
      return live.count === 1;
    }, 'the screen being cut off');
    await capacity.tell(desk.made('a', 'r77'));
    await until(() => healthy.latest().has('a'));
    stuck.resume();
    await until(() => cut);
  });

  test('is told when to come back before the service stops', async () => {
    const other = await BoardDesk.open();
    const answer = await fetch(`${other.service.url}/capacity/live`, { headers: await other.headers() });
    const parts = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await parts.read()).value).toMatch(/^event: snapshot\n/);
    await Promise.all([other.close(), expect(parts.read()).resolves.toMatchObject({ value: 'retry: 2000\n\n' })]);
  });
});
