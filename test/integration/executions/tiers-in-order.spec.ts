import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExecutionKind } from '../../../server/src/executions/domain/execution-words.js';
import { usualSteps } from '../../../server/src/executions/domain/usual-steps.js';
import { EvidenceRepository } from '../../../server/src/executions/evidence.repository.js';
import { ExecutionActs } from '../../../server/src/executions/execution-acts.service.js';
import { ExecutionSteering } from '../../../server/src/executions/execution-steering.service.js';
import { StepNode } from '../../../server/src/executions/executions.graphql.js';
import { ReturningSides } from '../../../server/src/executions/returning-sides.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { GroupsRepository } from '../../../server/src/resilience/groups.repository.js';
import { isOfLine, SimulatedDesk, type SimulatedSite } from '../../support/simulated-desk.ts';
import { until } from '../../support/until.ts';
import type { Answered } from '../simulation/support.ts';

/** What others depend on first. */
const TIERS = ['db', 'app', 'front'] as const;
/** A backstop of the namespace leaves room for one machine that is not the console’s own. */
const MACHINES = { db: 2, app: 1, front: 1 } as const;
const ALL = 4;
const over = ({ pausedAt, state }: { state: string; pausedAt: Date | null }) => state === 'CLOSED' || pausedAt !== null;

let desk: SimulatedDesk;
let listening: Server | undefined;
beforeAll(async () => {
  desk = await SimulatedDesk.open({ tiers: TIERS.map((name) => ({ name, machines: MACHINES[name] })) });
}, 300_000);
afterEach(async () => {
  for (const site of desk?.sites ?? []) site.simulated.faults.clear();
  await new Promise<void>((done) => (listening ? listening.close(() => done()) : done()));
  listening = undefined;
});
afterAll(() => desk?.close());

/** By name of the object, as it was made: the clusters' objects carry no word of tiers. */
let tierOf: ReadonlyMap<string, number>;
const readTiers = async () => {
  const rows: { object: string; name: string }[] = await desk.app.test.db.query(
    'select object_name as object, name from resource',
  );
  tierOf = new Map(
    rows.map(({ name, object }) => [object, TIERS.findIndex((tier) => name.startsWith(`${tier}`))] as const),
  );
  expect([...tierOf.values()].every((tier) => tier >= 0)).toBe(true);
};

const isUp = ({ metadata, status }: Answered) => status?.phase === 'Running' && !metadata.deletionTimestamp;

/**
 * Looks at one cluster from outside, again and again, each time at all of its instances at once: what stands upon a tier is
 * never there without all of that tier.
 */
class Onlooker {
  readonly wrong: string[] = [];
  readonly seen = new Set<string>();
  private ended = false;
  private readonly looking: Promise<void>;

  constructor(private readonly site: SimulatedSite) {
    this.looking = this.look();
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.looking;
  }

  private async look(): Promise<void> {
    while (!this.ended) {
      const instances = await this.site.instances();
      const of = TIERS.map((_, tier) => instances.filter(({ metadata }) => tierOf.get(metadata.name) === tier));
      const up = of.map((own) => own.filter(isUp).length);
      this.seen.add(up.join('/'));
      for (let tier = 1; tier < TIERS.length; tier += 1) {
        const below = TIERS[tier - 1] as (typeof TIERS)[number];
        if ((of[tier]?.length ?? 0) > 0 && up[tier - 1] !== MACHINES[below])
          this.wrong.push(`${TIERS[tier]} stands while ${below} is ${up[tier - 1]} of ${MACHINES[below]}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
}

/** @param order lines of it begin with the name of a line, as whoever reads the page has it: with the tier's own. */
const runbookOf = async (kind: ExecutionKind, lines: readonly string[], startSeconds = 120) => {
  const tiers = await desk.get(GroupsRepository).tiers([desk.groupId]);
  const order = lines.map((line) => {
    const [name = '', ...rest] = line.split(' ');
    return [tiers.find((tier) => isOfLine(tier.name, name))?.name, ...rest].join(' ');
  });
  return desk.runbook(
    kind,
    usualSteps(kind).map((step) =>
      step.action === 'START_TARGET' ? { ...step, params: { order }, timeoutSeconds: startSeconds } : step,
    ),
  );
};

/** Nothing answers at it until something listens there. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
};

const retry = async (id: string) => {
  const step = await desk.current(id);
  const again = { stepId: step?.id, expectedVersion: step?.version ?? 0, idempotencyKey: newId() };
  expect(await desk.get(ExecutionActs).retry(desk.duty, WHOLE_PROVINCE, again)).toMatchObject({ ok: true });
};

const observe = (management: string, like: string, centerId: string) =>
  desk.app.test.db.query('update resource set management = ? where name like ? and center_id = ?', [
    ...[management, like, centerId],
  ]);

describe('a group of three tiers on simulated clusters', () => {
  it('is stopped from the front to the data, as an onlooker at the cluster sees it', async () => {
    await readTiers();
    expect((await desk.look()).running).toEqual([ALL, ALL, 0]);
    const onlooker = new Onlooker(desk.a);
    const id = await desk.approved('SWITCHOVER', desk.b.center.id, {
      runbookId: await runbookOf('SWITCHOVER', ['db', 'app', 'front']),
    });
    const row = await desk.play(id, over);
    await onlooker.end();
    expect(row).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', pausedWhy: null });
    expect(onlooker.wrong).toEqual([]);
    // Not all at once: it was seen with the front gone and the data still there.
    expect([...onlooker.seen]).toEqual(expect.arrayContaining(['2/1/1', '2/1/0', '2/0/0', '0/0/0']));
    expect((await desk.look()).running).toEqual([0, ALL, 0]);
  }, 240_000);

  it('is started from the data to the front, and stands still at a tier whose probe does not answer', async () => {
    const port = await freePort();
    const onlooker = new Onlooker(desk.a);
    const id = await desk.approved('FAILBACK', desk.a.center.id, {
      runbookId: await runbookOf('FAILBACK', [`db tcp://127.0.0.1:${port}`, 'app', 'front'], 15),
    });
    const paused = await desk.play(id, over);
    expect(paused.pausedWhy).toContain('启动目标中心');
    expect(await desk.current(id)).toMatchObject({ action: 'START_TARGET', state: 'FAILED' });
    // The data is up, and nothing that stands upon it was begun, though the cluster would have done it at once.
    const standing = (await desk.a.instances()).map(({ metadata }) => tierOf.get(metadata.name));
    expect(standing).toEqual([0, 0]);
    listening = createServer().listen(port, '127.0.0.1');
    await retry(id);
    const row = await desk.play(id, over);
    await onlooker.end();
    expect(row).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', pausedWhy: null });
    expect(onlooker.wrong).toEqual([]);
    expect([...onlooker.seen]).toEqual(expect.arrayContaining(['2/0/0', '2/1/0', '2/1/1']));
    expect((await desk.look()).running).toEqual([ALL, 0, 0]);
  }, 240_000);

  it('starts and halts what it only observes at the cluster itself, in its tier’s turn', async () => {
    await observe('OBSERVED', 'app%', desk.a.center.id);
    await observe('OBSERVED', 'app%', desk.b.center.id);
    const [there, here] = [new Onlooker(desk.a), new Onlooker(desk.b)];
    const id = await desk.approved('SWITCHOVER', desk.b.center.id, {
      runbookId: await runbookOf('SWITCHOVER', ['db', 'app', 'front']),
    });
    expect(await desk.play(id, over)).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', pausedWhy: null });
    await Promise.all([there.end(), here.end()]);
    expect([there.wrong, here.wrong]).toEqual([[], []]);
    expect(here.seen).toContain('2/0/0');
    expect((await desk.look()).running).toEqual([0, ALL, 0]);
  }, 240_000);

  it('hands over what it cannot start, with the commands, waits, and goes on from there when it is done', async () => {
    await observe('RECORDED', 'front%', desk.a.center.id);
    const [refused] = (await desk.app.test.db.query(
      "select object_name as name from resource where name like 'app%' and center_id = ? order by name",
      [desk.a.center.id],
    )) as { name: string }[];
    const forbidden = { match: { plural: 'virtualmachines', verb: 'patch', name: refused?.name ?? '' } };
    desk.a.simulated.faults.add({ ...forbidden, effect: 'serverError', code: 403 });
    const id = await desk.approved('FAILBACK', desk.a.center.id, {
      runbookId: await runbookOf('FAILBACK', ['db', 'app', 'front']),
    });
    const handed = async () => {
      const step = await desk.current(id);
      return step?.action === 'START_TARGET' && step.kind === 'MANUAL' ? step : undefined;
    };
    const playTo = async () => {
      for (let n = 0; n < 400; n += 1) {
        const step = await handed();
        if (step) return step;
        await desk.play(id, () => true);
        if (!(await handed())) await desk.press(id);
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      throw new Error(JSON.stringify(await desk.current(id)));
    };
    const first = await playTo();
    expect(first).toMatchObject({ state: 'RUNNING', needsEvidence: 1 });
    expect(first.instruction).toContain(`kubectl patch vm -n`);
    expect(first.instruction).toContain(`${refused?.name} --type=merge`);
    // In the reader's language: the same commands, and the title of a step that nobody has changed.
    expect(new StepNode(first, 'en')).toMatchObject({
      title: 'Start the machines of the target center in their order',
      instruction: expect.stringMatching(/^The console cannot start [\s\S]*kubectl patch vm -n/),
      problem: expect.stringContaining('to be started by hand'),
    });
    const before = { ...first, instructionEn: null, problemEn: null };
    expect(new StepNode(before, 'en')).toMatchObject({ instruction: first.instruction, problem: first.problem });
    // It waits: nothing after it is begun, however often it is looked at.
    for (let n = 0; n < 10; n += 1) await desk.play(id, () => true);
    expect((await desk.a.instances()).filter(({ metadata }) => tierOf.get(metadata.name) === 2)).toEqual([]);
    expect((await desk.row(id)).state).toBe('RUNNING');
    // Said and not done is not believed of what can be read.
    await desk.handIn(first);
    await desk.play(id, () => true);
    expect(await desk.current(id)).toMatchObject({ kind: 'AUTOMATIC', problem: expect.stringContaining('未启动') });
    desk.a.simulated.faults.clear();
    const second = await playTo();
    expect(second.instruction).toContain('请在其所在平台开机');
    await desk.handIn(second);
    expect(await desk.play(id, over)).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', pausedWhy: null });
    await until('A runs', async () => (await desk.a.running()) === ALL - 1, 30_000, 50);
  }, 240_000);

  it('has a side that returns with machines that no cluster shows follow only after a person’s word', async () => {
    desk.a.cut = true;
    await desk.measureLag(12);
    const id = await desk.approved('FAILOVER', desk.b.center.id);
    expect(await desk.playFailover(id, over)).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', pausedWhy: null });
    desk.a.cut = false;
    const { db } = desk.app.test;
    const look = async () => {
      await desk.get(ReturningSides).run(desk.registry);
      const [side] = await db.query('select state, unseen, problem from dr_returning_side where execution_id = ?', [
        id,
      ]);
      return side as { state: string; unseen: number; problem: string | null };
    };
    await until('A asks for a person', async () => (await look()).unseen === 1, 60_000, 50);
    expect(await look()).toMatchObject({ state: 'HALTING', problem: expect.stringContaining('确认已停机') });
    // What no cluster shows may still write: nothing there is made a copy, whoever says so.
    expect([await desk.a.running(), await desk.a.primaries()]).toEqual([0, 2]);
    const follows = "update dr_returning_side set state = 'FOLLOWS', halted_at = reached_at, follows_at = reached_at";
    await expect(db.query(follows)).rejects.toThrow(/ck_dr_returning_side_unseen/);
    const steering = desk.get(ExecutionSteering);
    const press = async (reason: string) => {
      const wish = { executionId: id, expectedVersion: (await desk.row(id)).version, idempotencyKey: newId(), reason };
      return steering.confirmHalted(desk.operator, WHOLE_PROVINCE, wish);
    };
    expect(await press('')).toMatchObject({ ok: false, error: [{ path: ['reason'] }] });
    expect(await press('机房值班员现场查看，前置机已断电')).toMatchObject({ ok: true });
    expect(await press('机房值班员现场查看，前置机已断电')).toMatchObject({ ok: false });
    await until('A follows', async () => (await look()).state === 'FOLLOWS', 60_000, 50);
    expect(await desk.a.primaries()).toBe(0);
    const told = (await desk.get(EvidenceRepository).ofExecutions([id])).filter(({ kind }) => kind === 'PERSON');
    expect(told.at(-1)).toMatchObject({
      recordedBy: desk.operator.name,
      content: { confirmed: 'HALTED', centers: [{ centerId: desk.a.center.id, unseen: 1 }] },
    });
  }, 240_000);
});
