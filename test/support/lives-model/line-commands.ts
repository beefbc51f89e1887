import { expect } from '@jest/globals';
import fc from 'fast-check';
import { SpaceService } from '../../../server/src/cabinets/space.service.js';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { LineCaseOpening } from '../../../server/src/reclaim/line-case-opening.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { LineExtensions } from '../../../server/src/terms/line-extensions.service.js';
import { LineReviews } from '../../../server/src/terms/line-reviews.service.js';
import type { HandedLines } from '../handed-lines.ts';
import type { Crash, World } from '../request-model/world.ts';
import type { CaseAct } from './life.ts';
import type { LineLife } from './line-life.ts';

export interface LinesOnPaper {
  /** Of each request its lines, and how many were told of it before they were handed over. */
  readonly requests: { readonly id: string; readonly heard: number; readonly lines: readonly LineLife[] }[];
}
export interface LineWorld {
  readonly world: World;
  readonly handed: HandedLines;
}
export type LineCommand = fc.AsyncCommand<LinesOnPaper, LineWorld>;
type Answer = Result<unknown, readonly Refusal[]>;

const HOUR_IN_DAYS = 1 / 24;
/** What happened in all runs, so that a test of nothing is noticed. */
export const happened = new Map<string, number>();

const count = (what: string) => happened.set(what, (happened.get(what) ?? 0) + 1);
const allOf = ({ requests }: LinesOnPaper): LineLife[] => requests.flatMap(({ lines }) => lines);
const pickOf = <T>(things: readonly T[], at: number): T => things[at % things.length] as T;
/** What has not ended, where there is any, more often than not. */
const pick = (model: LinesOnPaper, at: number): LineLife => {
  const living = allOf(model).filter(({ hasEnded }) => !hasEnded);
  return pickOf(living.length > 0 && at % 5 !== 4 ? living : allOf(model), at);
};

/** After every act and every round: each line stands where its life stands, and what it has is claimed once. */
export async function agreeAfter(label: string, model: LinesOnPaper, { world, handed }: LineWorld): Promise<void> {
  const { db } = world.app.test;
  for (const { id, heard, lines } of model.requests) {
    for (const life of lines) {
      const term = await handed.term(life.id);
      expect([label, life.kind, term.endedAt !== null, term.temporaryUntil, term.termOverAt !== null]).toEqual([
        ...[label, life.kind, life.hasEnded, life.until, life.isOver],
      ]);
      expect([label, life.kind, term.reviewStage, term.reviewFrom]).toEqual([
        ...[label, life.kind, life.stage, life.reviewFrom],
      ]);
      expect([label, life.kind, await newestCase(world, life)]).toEqual([label, life.kind, life.caseState]);
      const [asked] = await db.query("select to_until as d from term_extension where line_id = ? and state = 'ASKED'", [
        life.id,
      ]);
      expect([label, life.kind, asked ? asked.d : undefined]).toEqual([label, life.kind, life.asked]);
      const [items] = await db.query(
        `select count(*) as n, coalesce(sum(s.state = 'IN_USE'), 0) as servers
         from item_claim i left join server s on s.id = i.subject_id where i.line_id = ? and i.state <> 'RELEASED'`,
        [life.id],
      );
      const claims = life.kind === 'SERVICE' || life.hasEnded ? 0 : 1;
      const servers = life.kind === 'SERVER' ? claims : 0;
      expect([label, life.kind, Number(items.n), Number(items.servers)]).toEqual([label, life.kind, claims, servers]);
    }
    const notices = (await world.life.notices(id)).slice(heard).map(({ zh }) => zh);
    const told = lines.reduce((sum, life) => sum + life.told, 0);
    expect([label, notices.length, notices]).toEqual([label, told, notices]);
    const state = lines.every(({ hasEnded }) => hasEnded) ? 'CLOSED' : 'DELIVERED';
    expect([label, (await world.journey.row(id)).state]).toEqual([label, state]);
  }
  expect([label, await world.reckoning.findings(model.requests.map(({ id }) => id))]).toEqual([label, []]);
}

async function newestCase(world: World, life: LineLife) {
  const [row] = await world.app.test.db.query(
    'select state, due_at as dueAt from reclaim_case where line_id = ? order by opened_at desc, code desc limit 1',
    [life.id],
  );
  life.caseDue = row?.dueAt ?? null;
  return row?.state ?? 'NONE';
}

function command(
  label: string,
  crash: Crash | null,
  run: (model: LinesOnPaper, real: LineWorld) => Promise<void>,
): LineCommand {
  const broken = crash === null ? '' : ` (breaks ${crash.moment} ${crash.statement})`;
  return {
    check: (model) =>
      allOf(model).some(({ hasEnded, hasOpenCase, asked }) => !hasEnded || hasOpenCase || asked !== undefined),
    run: async (model, real) => {
      real.world.tick();
      await run(model, real);
      await agreeAfter(`${label}${broken}`, model, real);
      count('COMMANDS');
    },
    toString: () => `${label}${broken}`,
  };
}

/** An act of a person on one line. */
function act(
  label: string,
  at: number,
  crash: Crash | null,
  expected: (life: LineLife, now: Date) => boolean,
  press: (life: LineLife, real: LineWorld) => Promise<(() => Promise<Answer>) | null>,
): LineCommand {
  return command(`${label} ${at}`, crash, async (model, real) => {
    const life = pick(model, at);
    const pressed = await press(life, real);
    const may = expected(life, real.world.clock.now());
    if (pressed === null) return expect([label, may]).toEqual([label, false]);
    const answer = await real.world.press(crash, pressed);
    const why = answer.ok ? '' : answer.error.map((refusal) => refusal.message.en).join('; ');
    expect([label, life.kind, answer.ok, why]).toEqual([label, life.kind, may, why]);
    count(`${label.split(' ')[0]} ${may ? 'done' : 'refused'}`);
  });
}

/** Time passes, and housekeeping comes by twice: it may do nothing the second time. */
function pass(days: number, crash: Crash | null): LineCommand {
  return command(`pass ${days.toFixed(2)} days`, crash, async (model, { world }) => {
    world.clock.pass(days);
    await world.press(crash, () => world.life.round());
    for (const life of allOf(model)) life.sweep(world.clock.now());
    // Of a case that was opened just now the day is known until which it may be answered; it is not over yet.
    await world.life.round();
    for (const life of allOf(model)) life.sweep(world.clock.now());
  });
}

function extend(days: number | null, at: number, crash: Crash | null): LineCommand {
  const to = (now: Date) => (days === null ? null : addDays(calendarDate(now), days));
  return act(
    `extend by ${days ?? 'no end'}:`,
    at,
    crash,
    (life, now) => life.extend(to(now), now),
    async ({ id: lineId }, { world, handed }) => {
      const { version: expectedVersion } = await handed.term(lineId);
      const until = to(world.clock.now());
      const wish = { lineId, until, reason: '项目延期', expectedVersion, idempotencyKey: world.key() };
      const { applicant, scope } = world.journey;
      return () => world.get(LineExtensions).extend(applicant, scope, wish);
    },
  );
}

function answer(move: 'GRANT' | 'REFUSE' | 'WITHDRAW', at: number, crash: Crash | null): LineCommand {
  return command(`${move} the extension of ${at}`, crash, async (model, { world }) => {
    const asking = allOf(model).filter(({ asked }) => asked !== undefined);
    if (asking.length === 0) return;
    const life = pickOf(asking, at);
    const [row] = await world.app.test.db.query(
      "select id, version from term_extension where line_id = ? and state = 'ASKED'",
      [life.id],
    );
    const wish = { extensionId: row.id, expectedVersion: row.version, opinion: '意见', idempotencyKey: world.key() };
    const [viewer, scope] =
      move === 'WITHDRAW' ? [world.journey.applicant, world.journey.scope] : [world.reviewer, WHOLE_PROVINCE];
    const may = life.answer(move, world.clock.now());
    const said = await world.press(crash, () => world.life.extensions.answer(viewer, scope, move, wish));
    const why = said.ok ? '' : said.error.map((refusal) => refusal.message.en).join('; ');
    expect([move, life.kind, life.hasEnded, said.ok, why]).toEqual([move, life.kind, life.hasEnded, may, why]);
  });
}

const review = (at: number, crash: Crash | null): LineCommand =>
  act(
    'review',
    at,
    crash,
    (life, now) => life.review(now),
    async ({ id: lineId }, { world, handed }) => {
      const { version: expectedVersion } = await handed.term(lineId);
      const wish = { lineId, note: '仍在使用', expectedVersion, idempotencyKey: world.key() };
      const { applicant, scope } = world.journey;
      return () => world.get(LineReviews).review(applicant, scope, wish);
    },
  );

/** A server by the facility, everything else by its department. */
const giveBack = (at: number, crash: Crash | null): LineCommand =>
  act('back', at, crash, back, (life, real) => pressBack(life, real, crash));
const back = (life: LineLife): boolean => (life.kind === 'SERVER' ? life.returned() : life.giveBack());

async function pressBack(life: LineLife, { world, handed }: LineWorld, crash: Crash | null) {
  if (life.kind === 'SERVER') return returning(world, life, crash);
  const { requestId } = await handed.term(life.id);
  return handed.givingBack(requestId, life.id, world);
}

/** At the end, without a break. */
export async function wayBack(life: LineLife, real: LineWorld): Promise<void> {
  const press = await pressBack(life, real, null);
  expect([life.kind, (await press?.())?.ok]).toEqual([life.kind, back(life)]);
}

async function returning(world: World, life: LineLife, crash: Crash | null): Promise<(() => Promise<Answer>) | null> {
  const [server] = await world.app.test.db.query(
    `select s.id, s.version from server s join item_claim i on i.subject_id = s.id
     where i.line_id = ? and i.state = 'ALLOCATED' and s.state = 'IN_USE'`,
    [life.id],
  );
  if (!server) return null;
  const said = { id: server.id, reason: '退回', poolId: null };
  const step = (action: 'RETURN' | 'FINISH_CLEANING', more: number) => {
    const wish = { ...said, action, expectedVersion: Number(server.version) + more, idempotencyKey: world.key() };
    return () => world.get(ServerLifeService).change(world.engineer, WHOLE_PROVINCE, wish);
  };
  const first = await world.press(crash, step('RETURN', 0));
  return first.ok ? step('FINISH_CLEANING', 1) : async () => first;
}

function occupy(at: number): LineCommand {
  return command(`occupy ${at}`, null, async (model, { world }) => {
    const places = allOf(model).filter(
      ({ kind, hasEnded, isOccupied }) => kind === 'CABINET' && !hasEnded && !isOccupied,
    );
    if (places.length > 0) await fill(world, pickOf(places, at), true);
  });
}

/** Something stands in its place from now on, or nothing. */
export async function fill(world: World, life: LineLife, isOccupied: boolean): Promise<void> {
  const [{ id }] = await world.app.test.db.query(
    "select subject_id as id from item_claim where line_id = ? and state = 'ALLOCATED'",
    [life.id],
  );
  const done = await world
    .get(UnitOfWork)
    .run((tx) => world.get(SpaceService)[isOccupied ? 'occupy' : 'vacate'](tx, id));
  expect(done.ok).toBe(true);
  life.isOccupied = isOccupied;
}

function emptied(at: number): LineCommand {
  return command(`empty ${at}`, null, async (model, { world }) => {
    const full = allOf(model).filter(({ isOccupied }) => isOccupied);
    if (full.length > 0) await fill(world, pickOf(full, at), false);
  });
}

const openCase = (at: number, crash: Crash | null): LineCommand =>
  act(
    'open',
    at,
    crash,
    (life, now) => life.openCase(now),
    async ({ id: lineId }, { world }) => {
      const evidence = { lineId, text: '长期空闲', figures: [], fileIds: [], idempotencyKey: world.key() };
      return () => world.get(LineCaseOpening).open(world.opener, WHOLE_PROVINCE, evidence);
    },
  );

const onCase = (action: CaseAct, at: number, crash: Crash | null): LineCommand =>
  act(
    action,
    at,
    crash,
    (life, now) => life.actOnCase(action, now),
    async ({ id }, { world }) => {
      const [row] = await world.app.test.db.query(
        'select id, version from reclaim_case where line_id = ? order by opened_at desc, code desc limit 1',
        [id],
      );
      if (!row) return null;
      const said = { caseId: row.id, expectedVersion: row.version, reason: '说明', fileIds: [] };
      const wish = { ...said, idempotencyKey: world.key() };
      const department = action === 'OBJECT' || action === 'AGREE';
      const [viewer, scope] = department ? [world.journey.head, world.journey.scope] : [world.reviewer, WHOLE_PROVINCE];
      return () => world.life.reclaimActs.act(viewer, scope, action, wish);
    },
  );

const at = fc.nat(11);
const crash: fc.Arbitrary<Crash | null> = fc.option(
  fc.record({
    statement: fc.integer({ min: 1, max: 20 }),
    moment: fc.constantFrom('BEFORE' as const, 'AFTER' as const),
  }),
  { freq: 4 },
);
const hours = fc.oneof(
  fc.integer({ min: 1, max: 72 }),
  fc.integer({ min: 72, max: 1_000 }),
  fc.integer({ min: 7_000, max: 9_500 }),
);
const times = <T>(weight: number, one: T): T[] => Array.from({ length: weight }, () => one);
const on = (...makers: ((at: number, crash: Crash | null) => LineCommand)[]) =>
  fc.tuple(fc.constantFrom(...makers), at, crash).map(([make, n, c]) => make(n, c));

export const lineCommands: fc.Arbitrary<LineCommand>[] = [
  ...times(
    8,
    fc.tuple(hours, crash).map(([n, c]) => pass(n * HOUR_IN_DAYS, c)),
  ),
  ...times(
    3,
    fc.tuple(fc.option(fc.integer({ min: -3, max: 200 }), { freq: 5 }), at, crash).map(([n, m, c]) => extend(n, m, c)),
  ),
  ...times(
    2,
    fc
      .tuple(fc.constantFrom('GRANT' as const, 'GRANT' as const, 'REFUSE' as const, 'WITHDRAW' as const), at, crash)
      .map(([move, n, c]) => answer(move, n, c)),
  ),
  ...times(2, on(review)),
  on(giveBack),
  ...times(2, on(openCase)),
  ...times(
    4,
    fc
      .tuple(fc.constantFrom<CaseAct>('OBJECT', 'AGREE', 'RECLAIM', 'RECLAIM', 'CLOSE', 'UNDO'), at, crash)
      .map(([action, n, c]) => onCase(action, n, c)),
  ),
  at.map((n) => occupy(n)),
  at.map((n) => emptied(n)),
];

/** The lines in their order: server, place and service for long, then the same until a day. */
const [PLACE, SERVICE_UNTIL] = [1, 5];

/** One way through a case that is decided, taken back, decided again and carried out once the place is empty. */
export function throughCase(breaks: Crash | null): LineCommand[] {
  return [
    occupy(0),
    ...[openCase, asks('AGREE'), asks('RECLAIM'), asks('UNDO'), openCase, asks('OBJECT'), asks('RECLAIM')].map((make) =>
      make(PLACE, breaks),
    ),
    pass(1, breaks),
    emptied(0),
    pass(1, breaks),
  ];
}

const asks = (action: CaseAct) => (n: number, c: Crash | null) => onCase(action, n, c);

/** One way to the end of a service whose department has asked for more time than the rule gives, which nobody has answered. */
export function throughUnanswered(breaks: Crash | null): LineCommand[] {
  return [extend(200, SERVICE_UNTIL, breaks), pass(70, breaks), pass(20, breaks), answer('REFUSE', 0, breaks)];
}
