import { expect } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import type { Crash, World } from '../request-model/world.ts';
import type { CaseAct, CaseState, Life } from './life.ts';

export interface Lives {
  readonly all: Life[];
}
type Command = fc.AsyncCommand<Lives, World>;
type Answer = Result<unknown, readonly Refusal[]>;

const HOUR_IN_DAYS = 1 / 24;
/** What was tried in all runs. */
export const happened = new Map<string, number>();

/** After every act and every round: each machine stands where its life stands, and the calendar has kept its promises. */
export async function agreeAfter(label: string, lives: Lives, world: World): Promise<void> {
  const now = world.clock.now();
  for (const life of lives.all) {
    const row = await world.life.row(life.id);
    expect([label, row.state, row.temporaryUntil, row.termOverAt !== null, row.binCause, row.binUntil]).toEqual([
      label,
      life.state,
      life.until,
      life.isOver,
      life.binCause,
      life.binUntil,
    ]);
    expect([label, row.deletionProtected, row.reviewStage]).toEqual([label, life.isProtected, life.stage]);
    const disk = await world.life.diskOf(life.id);
    expect([label, disk?.state, disk?.untilAt ?? null, disk?.attachedToId ?? null, row.keepDiskDays]).toEqual([
      label,
      life.disk?.state,
      life.disk?.until ?? null,
      life.disk?.to?.id ?? null,
      life.keepDays,
    ]);
    const notices = (await world.life.notices(life.id)).map((notice) => notice.zh);
    expect([label, notices.length, notices]).toEqual([label, life.told, notices]);
    const reminders = notices.filter((text) => text.includes('到期（还有') || text.includes('今天到期'));
    expect([label, new Set(reminders).size]).toEqual([label, reminders.length]);
    expect([label, await newestCase(world, life)]).toEqual([label, life.caseState]);
    // A long-term machine in use is kept running, whatever the clock says.
    const [desired] = await world.life.resources.desiredOf([life.id]);
    const off = life.state === 'IN_BIN' ? 'IN_BIN' : life.isOver ? 'TERM_OVER' : life.isStill ? 'ASKED' : null;
    if (life.state === 'IN_USE' || life.state === 'IN_BIN') expect([label, desired?.off]).toEqual([label, off]);
    if (life.until === null) expect([label, row.termOverAt, row.binCause === 'TERM']).toEqual([label, null, false]);
    if (life.state === 'IN_USE' && life.until !== null && life.until >= calendarDate(now))
      expect([label, row.termOverAt]).toEqual([label, null]);
  }
  const disks = lives.all.filter(({ disk }) => disk !== null && disk.state !== 'GONE');
  const living = lives.all.filter((life) => life.state !== 'RELEASED').length + disks.length;
  const [claims] = await world.app.test.db.query("select count(*) as n from claim where state <> 'RELEASED'");
  expect([label, Number(claims.n)]).toEqual([label, living]);
  expect([label, await world.reckoning.findings()]).toEqual([label, []]);
}

async function newestCase(world: World, life: Life): Promise<CaseState> {
  const [row] = await world.app.test.db.query(
    'select state, due_at as dueAt from reclaim_case where resource_id = ? order by opened_at desc, code desc limit 1',
    [life.id],
  );
  life.caseDue = row?.dueAt ?? null;
  return row?.state ?? 'NONE';
}

const pickOf = ({ all }: Lives, at: number): Life => all[at % all.length] as Life;

function command(label: string, crash: Crash | null, run: (lives: Lives, world: World) => Promise<void>): Command {
  const broken = crash === null ? '' : ` (breaks ${crash.moment} ${crash.statement})`;
  return {
    check: ({ all }) => all.some(({ disk, state }) => state !== 'RELEASED' || (disk !== null && disk.state !== 'GONE')),
    run: async (lives, world) => {
      world.tick();
      await run(lives, world);
      await agreeAfter(`${label}${broken}`, lives, world);
      const kind = label.split(' ')[0] as string;
      for (const what of ['COMMANDS', kind]) happened.set(what, (happened.get(what) ?? 0) + 1);
    },
    toString: () => `${label}${broken}`,
  };
}

/** Time passes, and housekeeping comes by twice: it may do nothing the second time. */
function pass(days: number, crash: Crash | null): Command {
  return command(`pass ${days.toFixed(2)} days`, crash, async (lives, world) => {
    world.clock.pass(days);
    await round(lives, world, crash);
  });
}

export async function round(lives: Lives, world: World, crash: Crash | null): Promise<void> {
  await world.press(crash, () => world.life.round());
  for (const life of lives.all) life.sweep(world.clock.now());
  // Of a case that was opened just now the day is known until which it may be answered; it is not over yet.
  await world.life.round();
  // What left the bin in the first round has no case any more after the second.
  for (const life of lives.all) life.sweep(world.clock.now());
}

type PersonsAct = 'release' | 'restore' | 'purge' | 'protect' | 'unprotect' | 'review' | 'giveBack';

function act(kind: PersonsAct, at: number, crash: Crash | null): Command {
  return command(`${kind} ${at}`, crash, async (lives, world) => {
    const life = pickOf(lives, at);
    const now = world.clock.now();
    const wish = await world.life.wish(life.id);
    const { name: confirmName, version } = await world.life.row(life.id);
    const { applicant, scope } = world.journey;
    const { life: acts, reviews } = world.life;
    const review = async (outcome: 'IN_USE' | 'GIVE_BACK'): Promise<Answer> => {
      const items = [{ resourceId: life.id, expectedVersion: version }];
      const said = { items, outcome, note: '复核', idempotencyKey: wish.idempotencyKey };
      const answer = await reviews.review(applicant, scope, said);
      return answer.ok ? (answer.value[0] as Answer) : answer;
    };
    const press: () => Promise<Answer> = {
      release: () => acts.release(applicant, scope, { ...wish, reason: '下线', confirmName }),
      restore: () => acts.restore(applicant, scope, wish),
      purge: () => acts.purge(applicant, scope, { ...wish, confirmName }),
      protect: () => acts.protect(applicant, scope, { ...wish, on: true }),
      unprotect: () => acts.protect(applicant, scope, { ...wish, on: false }),
      review: () => review('IN_USE'),
      giveBack: () => review('GIVE_BACK'),
    }[kind];
    const expected = {
      release: () => life.release(now),
      restore: () => life.restore(now),
      purge: () => life.purge(),
      protect: () => life.protect(true),
      unprotect: () => life.protect(false),
      review: () => life.review(false, now),
      giveBack: () => life.review(true, now),
    }[kind]();
    await said(kind, expected, world.press(crash, press));
  });
}

/** @param keepDays null = the disk goes with it. */
function keep(kind: 'release' | 'purge', at: number, keepDays: number | null, crash: Crash | null): Command {
  return command(`${kind} ${at} and keep its disk ${keepDays ?? 0} days`, crash, async (lives, world) => {
    const life = pickOf(lives, at);
    const wish = { ...(await world.life.wish(life.id)), reason: '下线', keepDiskDays: keepDays ?? 0 };
    const { name: confirmName } = await world.life.row(life.id);
    const { applicant, scope } = world.journey;
    const press = () => world.life.life[kind](applicant, scope, { ...wish, confirmName });
    const expected = kind === 'release' ? life.release(world.clock.now(), keepDays) : life.purge(keepDays);
    await said(kind, expected, world.press(crash, press));
  });
}

type DiskAct = 'attach' | 'detach' | 'giveUp' | 'gone';

function onDisk(kind: DiskAct, at: number, to: number, crash: Crash | null): Command {
  return command(`${kind} the disk of ${at} (${to})`, crash, async (lives, world) => {
    const life = pickOf(lives, at);
    const other = pickOf(lives, to);
    if (kind === 'gone') {
      const disk = await world.life.diskOf(life.id);
      await world.press(crash, () => world.life.diskGone(disk?.id ?? ''));
      return life.diskGone();
    }
    const target = kind === 'detach' ? (life.disk?.to ?? other) : other;
    await world.life.standStill(target.id);
    target.isStill = true;
    const wish = await world.life.onDisk(life.id);
    const { name: confirmName } = await world.life.row(life.id);
    const { applicant, scope } = world.journey;
    const { disks } = world.life;
    const press: () => Promise<Answer> = {
      attach: () => disks.attach(applicant, scope, { ...wish, resourceId: target.id }),
      detach: () => disks.detach(applicant, scope, { ...wish, days: to + 1 }),
      giveUp: () => disks.giveUp(applicant, scope, { ...wish, confirmName }),
    }[kind];
    const expected = {
      attach: () => life.attach(target),
      detach: () => life.detach(to + 1, world.clock.now()),
      giveUp: () => life.giveUpDisk(),
    }[kind]();
    await said(kind, expected, world.press(crash, press));
  });
}

async function said(label: string, expected: boolean, pressed: Promise<Answer>): Promise<void> {
  const answer = await pressed;
  const why = answer.ok ? '' : answer.error.map((refusal) => refusal.message.en).join('; ');
  expect([label, answer.ok, why]).toEqual([label, expected, why]);
}

/** So many days from today, or to no end. */
function extend(days: number | null, at: number, crash: Crash | null): Command {
  return command(`extend ${at} by ${days ?? 'no end'}`, crash, async (lives, world) => {
    const life = pickOf(lives, at);
    const now = world.clock.now();
    const until = days === null ? null : addDays(calendarDate(now), days);
    const wish = { ...(await world.life.wish(life.id)), until, reason: '项目延期' };
    const { applicant, scope } = world.journey;
    const press = () => world.life.extensions.extend(applicant, scope, wish);
    await said('extend', life.extend(until, now), world.press(crash, press));
  });
}

function answer(move: 'GRANT' | 'REFUSE' | 'WITHDRAW', at: number, crash: Crash | null): Command {
  return command(`${move} the extension of ${at}`, crash, async (lives, world) => {
    const life = pickOf(lives, at);
    const [row] = await world.app.test.db.query(
      "select id, version from term_extension where resource_id = ? and state = 'ASKED'",
      [life.id],
    );
    if (!row) {
      expect(life.asked).toBeUndefined();
      return;
    }
    const wish = { extensionId: row.id, expectedVersion: row.version, opinion: '意见', idempotencyKey: world.key() };
    const [viewer, scope] =
      move === 'WITHDRAW' ? [world.journey.applicant, world.journey.scope] : [world.reviewer, WHOLE_PROVINCE];
    const press = () => world.life.extensions.answer(viewer, scope, move, wish);
    await said(move, life.answer(move, world.clock.now()), world.press(crash, press));
  });
}

function openCase(at: number, crash: Crash | null): Command {
  return command(`open a case about ${at}`, crash, async (lives, world) => {
    const life = pickOf(lives, at);
    const evidence = { resourceId: life.id, text: '长期空闲', figures: [], fileIds: [], idempotencyKey: world.key() };
    const press = () => world.life.reclaim.open(world.opener, WHOLE_PROVINCE, evidence);
    await said('open', life.openCase(world.clock.now()), world.press(crash, press));
  });
}

function onCase(action: CaseAct, at: number, crash: Crash | null): Command {
  return command(`${action} in the case of ${at}`, crash, async (lives, world) => {
    const life = pickOf(lives, at);
    const [row] = await world.app.test.db.query(
      'select id, version from reclaim_case where resource_id = ? order by opened_at desc, code desc limit 1',
      [life.id],
    );
    if (!row) return;
    const wish = {
      caseId: row.id,
      expectedVersion: row.version,
      reason: '说明',
      fileIds: [],
      idempotencyKey: world.key(),
    };
    const department = action === 'OBJECT' || action === 'AGREE';
    const [viewer, scope] = department ? [world.journey.head, world.journey.scope] : [world.reviewer, WHOLE_PROVINCE];
    const press = () => world.life.reclaimActs.act(viewer, scope, action, wish);
    await said(action, life.actOnCase(action, world.clock.now()), world.press(crash, press));
  });
}

function observe(seen: 'RUNNING' | 'GONE', at: number, crash: Crash | null): Command {
  return command(`observe ${seen} ${at}`, crash, async (lives, world) => {
    const life = pickOf(lives, at);
    const now = world.clock.now();
    await world.press(crash, () => world.life.observe(life.id, seen));
    const before = life.state;
    life.observe(seen, now);
    if (before !== life.state && life.state === 'RELEASED') for (const each of lives.all) each.machineGone(life, now);
  });
}

const at = fc.nat(2);
const crash: fc.Arbitrary<Crash | null> = fc.option(
  fc.record({
    statement: fc.integer({ min: 1, max: 12 }),
    moment: fc.constantFrom('BEFORE' as const, 'AFTER' as const),
  }),
  { freq: 4 },
);
const hours = fc.oneof(
  fc.integer({ min: 1, max: 72 }),
  fc.integer({ min: 72, max: 1_000 }),
  fc.integer({ min: 7_000, max: 9_500 }),
);
const acts = (...kinds: PersonsAct[]) =>
  fc.tuple(fc.constantFrom(...kinds), at, crash).map(([kind, n, c]) => act(kind, n, c));
const times = <T>(weight: number, one: T): T[] => Array.from({ length: weight }, () => one);

export const lifeCommands: fc.Arbitrary<Command>[] = [
  ...times(
    8,
    fc.tuple(hours, crash).map(([n, c]) => pass(n * HOUR_IN_DAYS, c)),
  ),
  ...times(2, acts('release', 'restore', 'purge')),
  ...times(2, acts('restore', 'review')),
  acts('protect', 'unprotect', 'giveBack'),
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
  fc.tuple(at, crash).map(([n, c]) => openCase(n, c)),
  ...times(
    3,
    fc
      .tuple(fc.constantFrom<CaseAct>('OBJECT', 'AGREE', 'RECLAIM', 'RECLAIM', 'CLOSE', 'UNDO'), at, crash)
      .map(([action, n, c]) => onCase(action, n, c)),
  ),
  ...times(
    2,
    fc
      .tuple(fc.constantFrom('RUNNING' as const, 'GONE' as const), at, crash)
      .map(([seen, n, c]) => observe(seen, n, c)),
  ),
  ...times(
    2,
    fc
      .tuple(fc.constantFrom('release' as const, 'purge' as const), at, fc.constantFrom(null, 1, 10, 30), crash)
      .map(([kind, n, days, c]) => keep(kind, n, days, c)),
  ),
  ...times(
    3,
    fc
      .tuple(fc.constantFrom<DiskAct>('attach', 'attach', 'detach', 'giveUp', 'gone'), at, at, crash)
      .map(([kind, n, m, c]) => onDisk(kind, n, m, c)),
  ),
];
