import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ChangeFollowUp } from '../../../server/src/requests/change-follow-up.service.js';
import { DeadlinesService } from '../../../server/src/requests/deadlines.service.js';
import { DebtSettlement } from '../../../server/src/requests/debt-settlement.service.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { GivingBackLines } from '../../../server/src/requests/giving-back-lines.service.js';
import { ReviewService } from '../../../server/src/requests/review.service.js';
import { ResourceLife } from '../../../server/src/resources/resource-life.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { ACCEPTANCE, ChainDesk, MovedClock, oneChain, SIGN_OFF, step } from '../../support/chain-desk.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { DebtDesk } from '../../support/debt-desk.ts';
import type { Moment, Place } from '../../support/dying-line.ts';
import { DyingProcess } from '../../support/dying-process.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { LifeDesk, SYSTEM } from '../../support/life-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { Reckoning } from '../../support/reckoning.ts';
import { idOf } from '../../support/request-journey.ts';
import { SOAKS } from '../../support/soak.ts';
import { tracesOf } from '../../support/traces.ts';

/**
 * What stays taken: each statement of an act is died at twice, and one look counts them. Three acts leave their request with a
 * server and a place of 600 W in each center: the hold (110 statements), the grant (52) and the return (21), 369 of them in all.
 * Two leave a place of 700 W in center A: a bigger place held (59) and made (42), 204 of them. A cabinet's 5,840 W bear nine of
 * the first or eight of the second: 41 + 26 cabinets. A server that came back is being cleaned: some 60 statements, 120 servers.
 * A fifth more, for statements to come.
 */
const PLENTY = SOAKS ? { servers: 600, cabinets: 80 } : { servers: 26, cabinets: 3 };
const AMPLE_VCPU = 100_000;
const AMPLE_FEN = 1_000_000_000_000n;
const A_WHILE_IN_DAYS = 1 / 10_000;

/** What is pressed, at either process. */
interface Process {
  get<T>(type: new (...args: never[]) => T): T;
  readonly life: LifeDesk;
}

/** An act that is about to be pressed. */
interface Scene {
  /** What is done together or not at all: requests, with all that is theirs. */
  readonly units: readonly (readonly string[])[];
  press(at: Process): Promise<unknown>;
  /** Nobody makes it by a key: it is what a sweep finds, or a worker saw. */
  readonly unkeyed?: boolean;
}

let app: TestApplication;
let kinds: KindsDesk;
let debts: DebtDesk;
let changes: ChangeDesk;
let process: DyingProcess;
let living: Process;
let dying: Process;
let reckoning: Reckoning;
let active: Site;
let recovery: Site;
let projectId: string;
const clock = new MovedClock();
const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });

beforeAll(async () => {
  app = await openTestApplication(clock);
  kinds = await KindsDesk.open(app);
  const { journey } = kinds;
  const cabinets = Array.from({ length: PLENTY.cabinets }, () => ({}));
  const size = { vcpu: AMPLE_VCPU, servers: PLENTY.servers, cabinets };
  active = await kinds.openSite('ACTIVE_A', size);
  await kinds.openSite('ACTIVE_B', size);
  recovery = await kinds.openSite('RECOVERY', size);
  // Approving the review is what takes the capacity, for the acceptance.
  await new ChainDesk(app, journey).publish(
    oneChain(SIGN_OFF, step('review', ['CENTER_REVIEWER']), ACCEPTANCE, step('end', ['CAPACITY_ALLOCATOR'])),
  );
  debts = new DebtDesk(kinds);
  expect((await debts.rules()).ok).toBe(true);
  changes = new ChangeDesk(app, journey);
  const money = new OwnBudget(app, journey, () => clock.now());
  const project = await money.project();
  await money.item(await money.whole(AMPLE_FEN), AMPLE_FEN, project);
  projectId = project.id;
  reckoning = new Reckoning(app);
  process = await DyingProcess.beside(app, clock);
  living = { get: (type) => kinds.get(type), life: new LifeDesk(app, journey) };
  const behind = new LifeDesk({ test: app.test, ...process.behind }, journey);
  dying = { get: (type) => process.get(type), life: behind };
});
afterAll(async () => {
  await process?.close();
  await app?.close();
});

const WITH_ALL = { localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' } as const;
/** One line of each kind, in two centers and in the recovery center, from a budget of its department's own. */
const everything = () => {
  const lines = kinds.lines(WITH_ALL).map((line) => (line.kind === 'SERVICE' ? kinds.line('SERVICE') : line));
  return { ...kinds.content(lines), projectId };
};
const machines = (modes: object = WITH_ALL) => ({ ...kinds.content([kinds.line('VM', modes)]), projectId });
const rows = (sql: string, values: unknown[]) => app.test.db.query(sql, values);

/** A request with so many signatures: the second takes what it asks for, the fourth grants it. */
async function signed(signatures: number, content = everything()): Promise<string> {
  const { journey } = kinds;
  const id = await journey.sent(content);
  if (signatures > 0) idOf(await journey.submit(id));
  for (let done = 1; done < signatures; done += 1) idOf(await journey.approveStep(id));
  return id;
}

const wishOf = async (id: string) => kinds.journey.wish(id, (await kinds.journey.row(id)).version);
const machinesOf = async (id: string) => (await living.life.resources.ofRequests([id]))[0] ?? [];

async function move(action: 'RETURN' | 'REJECT' | 'WITHDRAW'): Promise<Scene> {
  const { journey } = kinds;
  const id = await signed(2);
  const wish = await wishOf(id);
  const [viewer, scope] =
    action === 'WITHDRAW' ? [journey.applicant, journey.scope] : [journey.acceptance, WHOLE_PROVINCE];
  return { units: [[id]], press: (at) => at.get(ReviewService).move(viewer, scope, action, wish) };
}

/** A machine in use, of a request of its own. */
async function inUse(modes: object = WITH_ALL): Promise<{ requestId: string; ids: string[] }> {
  const requestId = await signed(4, machines(modes));
  const all = await machinesOf(requestId);
  for (const { id, standby } of all) await living.life.observe(id, standby ? 'STOPPED' : 'RUNNING');
  return { requestId, ids: all.map(({ id }) => id) };
}

const firstLineOf = async (id: string) => (await kinds.journey.requests.linesOf([id]))[0]?.[0]?.id ?? '';

/** A server or a place of a request of its own, handed over. */
async function handed(kind: 'SERVER' | 'CABINET'): Promise<{ requestId: string; lineId: string }> {
  const one = kinds.line(kind, { localMode: 'SINGLE', remoteMode: 'NONE', centerId: active.center.id });
  const requestId = await signed(4, { ...kinds.content([one]), projectId });
  const lineId = await firstLineOf(requestId);
  await kinds.get(UnitOfWork).run((tx) => kinds.get(FollowUpService).lineFulfilled(tx, lineId, 'GD-2026-000000'));
  return { requestId, lineId };
}

/** A place of a request of its own, and a change of it with so many signatures. */
async function biggerPlace(signatures: number): Promise<{ requestId: string; id: string }> {
  const { journey } = kinds;
  const { requestId, lineId } = await handed('CABINET');
  const things = { lineId, heightUnits: 2.5, powerW: 700, weightKg: null };
  const id = await changes.sent(changes.content([], { things }));
  idOf(await changes.submit(id));
  for (let done = 1; done < signatures; done += 1) idOf(await journey.approveStep(id));
  return { requestId, id };
}

async function inBin(): Promise<{ requestId: string; id: string }> {
  const { requestId, ids } = await inUse();
  const [id = ''] = ids;
  idOf(await living.life.release(id));
  return { requestId, id };
}

/** The recovery center goes, and comes back; what is on the shelf is known for a second. */
async function recoveryIs(life: 'BUILDING' | 'IN_SERVICE'): Promise<void> {
  await rows('update center set life = ? where id = ?', [life, recovery.center.id]);
  clock.pass(A_WHILE_IN_DAYS);
}

const SCENES: { readonly [what: string]: () => Promise<Scene> } = {
  'an approval that takes the hold': async () => {
    const id = await signed(1);
    const wish = await wishOf(id);
    return {
      units: [[id]],
      press: (at) => at.get(ReviewService).approve(kinds.journey.reviewer, WHOLE_PROVINCE, wish),
    };
  },
  'an approval that grants': async () => {
    const id = await signed(3);
    const wish = await wishOf(id);
    return {
      units: [[id]],
      press: (at) => at.get(ReviewService).approve(kinds.journey.allocator, WHOLE_PROVINCE, wish),
    };
  },
  'a return': () => move('RETURN'),
  'a rejection': () => move('REJECT'),
  'a withdrawal': () => move('WITHDRAW'),
  'the end of a hold': async () => {
    const id = await signed(2);
    await rows("update request set hold_expires_at = '2020-01-01' where id = ?", [id]);
    return { units: [[id]], press: (at) => at.get(DeadlinesService).expireHolds(SYSTEM), unkeyed: true };
  },
  'an approval that grants a change of the DR modes': async () => {
    const { requestId, ids } = await inUse({ localMode: 'SINGLE', remoteMode: 'NONE' });
    const content = { ...changes.content([ids[0] ?? ''], WITH_ALL) };
    const id = await changes.submitted(content);
    for (let done = 1; done < 3; done += 1) idOf(await kinds.journey.approveStep(id));
    const wish = await wishOf(id);
    return {
      units: [[id, requestId]],
      press: (at) => at.get(ReviewService).approve(kinds.journey.allocator, WHOLE_PROVINCE, wish),
    };
  },
  'an approval that takes the hold of a bigger place': async () => {
    const { requestId, id } = await biggerPlace(1);
    const wish = await wishOf(id);
    return {
      units: [[id, requestId]],
      press: (at) => at.get(ReviewService).approve(kinds.journey.reviewer, WHOLE_PROVINCE, wish),
    };
  },
  'what people did: that a place is bigger': async () => {
    const { requestId, id } = await biggerPlace(4);
    const lineId = await firstLineOf(id);
    return {
      units: [[id, requestId]],
      press: (at) =>
        at.get(UnitOfWork).run(async (tx) => {
          const back = await at.get(ChangeFollowUp).lineDone(tx, lineId, 'GD-2026-000001', '集云');
          await back?.quotasLast?.();
        }),
      unkeyed: true,
    };
  },
  'a release into the bin': async () => {
    const { requestId, ids } = await inUse();
    const [id = ''] = ids;
    const wish = { ...(await living.life.wish(id)), reason: '下线', confirmName: (await living.life.row(id)).name };
    const { applicant, scope } = kinds.journey;
    return { units: [[requestId]], press: (at) => at.get(ResourceLife).release(applicant, scope, wish) };
  },
  'the end of the time in the bin': async () => {
    const { requestId, id } = await inBin();
    await rows("update resource set bin_until = '2020-01-01' where id = ?", [id]);
    return { units: [[requestId]], press: (at) => at.get(ResourceLife).emptyBin(SYSTEM), unkeyed: true };
  },
  'what a worker saw: that the machine is gone': async () => {
    const { requestId, id } = await inBin();
    idOf(await living.life.purge(id));
    return { units: [[requestId]], press: (at) => at.life.observe(id, 'GONE'), unkeyed: true };
  },
  'the giving back of places': async () => {
    const { requestId, lineId } = await handed('CABINET');
    const { version } = await kinds.journey.row(requestId);
    const wish = { lineId, expectedVersion: version, reason: '不再使用', idempotencyKey: newId() };
    const { applicant, scope } = kinds.journey;
    return { units: [[requestId]], press: (at) => at.get(GivingBackLines).giveBack(applicant, scope, wish) };
  },
  'a server that comes back': async () => {
    const { requestId, lineId } = await handed('SERVER');
    const [server] = await rows(
      'select s.id, s.version from server s join item_claim i on i.live_subject_id = s.id where i.line_id = ?',
      [lineId],
    );
    const said = { id: server.id, action: 'RETURN', reason: '退回', poolId: null } as const;
    const wish = { ...said, expectedVersion: server.version, idempotencyKey: newId() };
    return {
      units: [[requestId]],
      press: (at) => at.get(ServerLifeService).change(engineer, WHOLE_PROVINCE, wish),
    };
  },
  'the settlement of a DR debt': async () => {
    await recoveryIs('BUILDING');
    const id = await signed(4, machines());
    await recoveryIs('IN_SERVICE');
    const [debt] = await debts.of(id);
    const item = { debtId: debt?.id, expectedVersion: debt?.version ?? 0 };
    const key = newId();
    return {
      units: [[id]],
      press: (at) => at.get(DebtSettlement).settle(debts.allocator, WHOLE_PROVINCE, item, key),
    };
  },
  'one approval of a batch of two': async () => {
    const ids = [await signed(1, machines()), await signed(1, machines())];
    const items = await Promise.all(
      ids.map(async (requestId) => ({ requestId, expectedVersion: (await kinds.journey.row(requestId)).version })),
    );
    const wish = { items, opinion: '同意', idempotencyKey: newId() };
    return {
      units: ids.map((id) => [id]),
      press: (at) => at.get(ReviewService).approveMany(kinds.journey.reviewer, WHOLE_PROVINCE, wish),
    };
  },
};
const NAMES = Object.keys(SCENES);

/**
 * Before and after every statement in `npm run soak`; in `npm test` before one of them, another of each act, and on both
 * sides of the last, which is the commit.
 */
function deaths(statements: number, at: number, commit: number): [Place, Moment][] {
  const last = { commit };
  if (!SOAKS) {
    const one = 1 + Math.floor((statements * (at + 1)) / (NAMES.length + 2));
    return [
      [one, 'BEFORE'],
      [last, 'BEFORE'],
      [last, 'AFTER'],
    ];
  }
  const all = Array.from({ length: statements - 1 }, (_, n) => n + 1);
  return [...all, last].flatMap((place): [Place, Moment][] => [
    [place, 'BEFORE'],
    [place, 'AFTER'],
  ]);
}

describe('a process that dies in the middle of', () => {
  it.each(NAMES.map((name, at) => [name, at] as const))(
    '%s: all of it is there or nothing, and whoever presses again has it once',
    async (name, at) => {
      const scene = SCENES[name] as () => Promise<Scene>;
      const whole = await scene();
      const statements = await process.statementsOf(() => whole.press(dying));
      expect(statements).toBeGreaterThan(5);
      const ends = { nothing: 0, all: 0 };
      for (const [place, moment] of deaths(statements, at, whole.units.length)) {
        clock.pass(A_WHILE_IN_DAYS);
        const label = `${moment} ${JSON.stringify(place)} of ${statements}`;
        const { units, press, unkeyed } = await scene();
        const ids = units.flat();
        const traces = () => Promise.all(units.map((unit) => tracesOf(app, unit)));
        const before = await traces();
        // The first of its kind reads what the others find read: it has a statement or two more.
        if (!(await process.dieAt(place, moment, () => press(dying)))) {
          expect(place).toBeGreaterThan(statements - 5);
          continue;
        }
        const left = await traces();
        expect([label, await reckoning.findings(ids)]).toEqual([label, []]);
        // The same press at the process that took over: it is done now, and was done once.
        const answer = await press(living);
        if (!unkeyed) expect([label, answer]).toMatchObject([label, { ok: true }]);
        const done = await traces();
        for (const [unit, traced] of left.entries()) {
          expect([label, before[unit]]).not.toEqual([label, done[unit]]);
          const isDone = JSON.stringify(traced) === JSON.stringify(done[unit]);
          if (!isDone) expect([label, traced]).toEqual([label, before[unit]]);
          ends[isDone ? 'all' : 'nothing'] += 1;
        }
        const again = await press(living);
        if (!unkeyed) expect([label, again]).toEqual([label, answer]);
        expect([label, await traces()]).toEqual([label, done]);
        expect([label, await reckoning.findings(ids)]).toEqual([label, []]);
      }
      expect(ends.nothing).toBeGreaterThan(0);
      expect(ends.all).toBeGreaterThan(0);
    },
  );
});
