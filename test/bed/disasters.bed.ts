import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { PlannedStep } from '../../server/src/executions/domain/runbook.js';
import { usualSteps } from '../../server/src/executions/domain/usual-steps.js';
import { until } from '../support/until.ts';
import { DrBed } from './dr-bed.ts';
import { checkDr, type Expected, HOLDS, type Loss } from './dr-checker.ts';
import type { DrConsole } from './dr-console.ts';
import { approved, at, closed, insist, play } from './dr-play.ts';
import { forceAt } from './force.ts';
import { CENTERS, type CenterName } from './galera.ts';
import { Witness } from './witness.ts';
import { RPO_S } from './world.ts';

/** Longer than any lease of the console lives, but that of its backups. */
const PAUSE_MS = 60_000;
/** So long a thing that must not happen is waited for. */
const NOTHING_HAPPENS_MS = 8_000;
/** A returning site stands still, and everything is where it is wished to be, within that. */
const SETTLED_MS = 90_000;
/** Until a lag of twice the RPO is there and has been read. */
const LAG_MS = 120_000;
const BEFORE_PROMOTION: PlannedStep = {
  ...{
    stage: 'RUN',
    action: 'INSTRUCTION',
    kind: 'MANUAL',
    title: '确认可以提升',
    instruction: '确认目标中心可以提升。',
  },
  ...{ timeoutSeconds: 600, retries: 0, needsEvidence: false, secondCheck: false, params: {} },
};

/** A life begins within a minute, a node that comes back takes the whole state within another; on a machine that does much else, thrice that. */
jest.setTimeout(480_000);

let bed: DrBed;
let witness: Witness;
let began = 0;
let told: string[] = [];

beforeAll(async () => {
  bed = await DrBed.open();
});

afterAll(async () => {
  await witness?.stop();
  await bed?.close();
});

beforeEach(() => {
  began = Date.now();
});

async function begin(): Promise<void> {
  await witness?.stop();
  await bed.begin();
  told = [];
  witness = new Witness(bed);
  began = Date.now();
}

/** Nothing of the console is asked; what is found is compared with what must hold, invariant by invariant. */
async function holds(expected: Omit<Expected, 'witness' | 'told'>): Promise<Loss> {
  const facts = { ...expected, witness, told };
  const rests = async () => (await checkDr(bed, facts)).findings.I10_rest.length === 0;
  // I10: it comes to rest by itself, within a time; what it found then is read once more, all of it.
  await until('it comes to rest', rests, SETTLED_MS, 1_000).catch(() => undefined);
  const { findings, loss } = await checkDr(bed, facts);
  const scenario = expect.getState().currentTestName ?? '';
  const { lost, measuredSeconds, shownSeconds } = loss;
  const shown = shownSeconds === undefined ? 'nobody asked' : shownSeconds === null ? 'unknown' : `${shownSeconds} s`;
  const seconds = Math.round((Date.now() - began) / 1_000);
  const said = `${seconds} s; lost ${lost}, RPO measured ${measuredSeconds} s, shown ${shown}; two ready ${witness.doubleMs} ms`;
  const wrong = Object.entries(findings).filter(([, found]) => found.length > 0);
  process.stdout.write(`  ${scenario}: ${said}${wrong.length > 0 ? ` ${JSON.stringify(wrong)}` : ''}\n`);
  expect(findings).toEqual(HOLDS);
  return loss;
}

async function acknowledges(center: CenterName, more = 20, limitMs = 60_000): Promise<void> {
  const before = bed.clients.from(center).length;
  await until(`${center} acknowledges`, () => bed.clients.from(center).length >= before + more, limitMs, 100);
}

const halted = async (center: CenterName) => (await bed.guests.seen(center).catch(() => null))?.runs === false;

describe('A dead', () => {
  it('is gone with everything that stands in it, and B serves', async () => {
    await begin();
    await bed.lose('a');
    const b = bed.console('b');
    const id = await approved(bed, b, 'FAILOVER', 'b');
    told.push(id);
    expect((await play(b, id, closed)).outcome).toBe('COMMITTED');
    await acknowledges('b');
    expect(await holds({ serving: 'b', before: 'a' })).toMatchObject({ lost: 0, measuredSeconds: 0 });
  });

  it('returns after B was promoted, and stands still before anything else', async () => {
    await bed.power('a');
    await until('the machines of A stand still', () => halted('a'), SETTLED_MS, 100);
    await bed.rejoin('a');
    await acknowledges('b');
    expect(await holds({ serving: 'b', before: 'a' })).toMatchObject({ lost: 0 });
  });
});

describe('failover', () => {
  it('pressed twice is one', async () => {
    await begin();
    await bed.lose('a');
    const [b, c] = [bed.console('b'), bed.console('c')];
    const [one, other] = [randomUUID(), randomUUID()];
    const runbookId = bed.runbooks.FAILOVER as string;
    const answered = (answer: { ok: boolean; refused?: readonly string[] }) =>
      answer.ok || !!answer.refused?.[0]?.startsWith('NOT_PERMITTED');
    const press = (console: typeof b, key: string) =>
      insist('pressed', () => console.request('FAILOVER', 'b', runbookId, key), answered);
    const answers = await Promise.all([press(b, one), press(c, other), press(b, one), press(c, one), press(c, other)]);
    const ids = new Set(answers.flatMap(({ executionId, ok }) => (ok ? [executionId as string] : [])));
    expect(ids.size).toBe(1);
    expect(answers.some(({ ok }) => !ok)).toBe(true);
    const [id] = [...ids] as [string];
    told.push(id);
    // Approved twice by the same is one approval, too.
    await insist(
      'approves',
      () => b.approve(id, 'operator'),
      ({ ok }) => ok,
    );
    expect(await c.approve(id, 'operator')).toMatchObject({ ok: false });
    await insist(
      'approves',
      () => c.approve(id, 'leader'),
      ({ ok }) => ok,
    );
    await play(b, id, at('PROMOTE_TARGET'));
    // B has what A acknowledged, whoever of them is a writer at this moment.
    expect(await holds({ serving: 'b', before: 'a', underWay: true })).toMatchObject({ lost: 0 });
  });

  it('goes on while A returns in the middle of it', async () => {
    const [id] = told as [string];
    await bed.power('a');
    const b = bed.console('b');
    expect((await play(b, id, closed)).outcome).toBe('COMMITTED');
    await until('the machines of A stand still', () => halted('a'), SETTLED_MS, 100);
    await bed.rejoin('a');
    await acknowledges('b');
    expect(await holds({ serving: 'b', before: 'a' })).toMatchObject({ lost: 0 });
  });
});

describe('the link between A and B', () => {
  it('is cut, and nothing else: nobody is promoted while A lives', async () => {
    await begin();
    // Whoever leads has no way to B, leaves the execution to one that has, and nothing of it stands still.
    await leadAt('a');
    bed.between('a', 'b', 'cut');
    await sleep(NOTHING_HAPPENS_MS / 2);
    const known = bed.clients.from('a').length;
    // One history of the console goes on over the third center; the system acknowledges nothing that only one center has.
    await Promise.all(CENTERS.map((name) => bed.console(name).untilMode('WRITABLE')));
    const c = bed.console('c');
    const proof = { proof: 'MACHINES_GONE' } as const;
    const steps = usualSteps('FAILOVER').map(
      (step): PlannedStep =>
        step.action === 'PROVE_FENCE'
          ? { ...step, kind: 'AUTOMATIC', needsEvidence: false, secondCheck: false, params: proof }
          : step,
    );
    const id = await approved(bed, c, 'FAILOVER', 'b', await c.runbook('FAILOVER', steps));
    told.push(id);
    await play(c, id, at('PROVE_FENCE'));
    await sleep(NOTHING_HAPPENS_MS);
    const turn = await c.turn(id);
    expect(turn).toMatchObject({ state: 'RUNNING', step: { action: 'PROVE_FENCE', state: 'RUNNING' } });
    expect(turn?.step?.problem).toMatch(/还有 1 台在运行|没有应答不能证明/);
    expect(await bed.ask('select 1 from jiyun_audit.dr_promotion')).toHaveLength(0);
    expect(bed.clients.from('a').length - known).toBeLessThanOrEqual(2);
    await insist(
      'rolls back',
      () => c.rollBack(id),
      ({ ok }) => ok,
    );
    bed.between('a', 'b', 'heal');
    expect((await play(c, id, closed)).outcome).toBe('ROLLED_BACK');
    await acknowledges('a');
    expect(await holds({ serving: 'a' })).toMatchObject({ lost: 0 });
  });
});

describe('A alive', () => {
  it('and cut off from everything is read-only, says so, and is promoted away only when its power is off', async () => {
    await begin();
    bed.isolate('a', 'halfOpen');
    const [a, b] = [bed.console('a'), bed.console('b')];
    await Promise.all([a.untilMode('READ_ONLY'), b.untilMode('WRITABLE')]);
    expect((await fetch(`${a.url}/health/writable`)).status).toBe(503);
    const stalled = bed.clients.from('a').length;
    const refused = await a.request('FAILOVER', 'b', bed.runbooks.FAILOVER as string, randomUUID());
    expect(refused.refused?.[0]).toMatch(/^DATABASE_READ_ONLY/);
    const id = await approved(bed, b, 'FAILOVER', 'b');
    told.push(id);
    await play(b, id, at('PROVE_FENCE'));
    // Its machine runs on its primary disk, and yet nothing is acknowledged there: B has not got it.
    expect(await bed.guests.seen('a')).toEqual({ runs: true, isPrimary: true });
    await sleep(NOTHING_HAPPENS_MS / 2);
    expect(bed.clients.from('a').length - stalled).toBeLessThanOrEqual(2);
    expect(await bed.ask('select 1 from jiyun_audit.dr_promotion')).toHaveLength(0);
    // Somebody goes there and pulls the main switch; then two sign.
    await bed.lose('a');
    expect((await play(b, id, closed)).outcome).toBe('COMMITTED');
    await acknowledges('b');
    bed.isolate('a', 'heal');
    await bed.power('a');
    await until('the machines of A stand still', () => halted('a'), SETTLED_MS, 100);
    await bed.rejoin('a');
    expect(await holds({ serving: 'b', before: 'a' })).toMatchObject({ lost: 0 });
  });
});

describe('the third center, which votes', () => {
  it('is dead, and everything goes on in A', async () => {
    await begin();
    await bed.lose('c');
    await acknowledges('a', 50);
    const a = bed.console('a');
    await a.untilMode('WRITABLE');
    await insist(
      'a runbook is written',
      () => a.runbook('FAILOVER', usualSteps('FAILOVER')),
      (id) => id !== '',
    );
    expect(await holds({ serving: 'a' })).toMatchObject({ lost: 0 });
  });

  it('is dead, and then A too: nothing moves until two people say that both are fenced', async () => {
    await bed.lose('a');
    const b = bed.console('b');
    await b.untilMode('READ_ONLY');
    expect(b.state?.reason).toBe('MINORITY');
    const refused = await b.request('FAILOVER', 'b', bed.runbooks.FAILOVER as string, randomUUID());
    expect(refused.refused?.[0]).toMatch(/^DATABASE_READ_ONLY/);
    await sleep(NOTHING_HAPPENS_MS / 2);
    expect(bed.guests.doing.b).toBe('FOLLOWS');
    expect(await forceAt(bed.galera, 'b', bed.consoleDirectory('b'))).toBe(1);
    await b.untilMode('WRITABLE');
    const id = await approved(bed, b, 'FAILOVER', 'b');
    told.push(id);
    expect((await play(b, id, closed)).outcome).toBe('COMMITTED');
    await acknowledges('b');
    await bed.galera.nodes.c.forget();
    await bed.power('c');
    await bed.rejoin('c');
    expect(await holds({ serving: 'b', before: 'a' })).toMatchObject({ lost: 0 });
  });
});

describe('the recovery center', () => {
  let lostInTheCity = 0;

  it('lags by twice what was promised: it is said, and A serves on', async () => {
    await begin();
    bed.copies('a', 'c').halfOpen();
    const lag = async () => {
      const [row] = await bed.ask(
        "select value, level from jiyun.dr_signal where name = 'REPLICATION_LAG' and towards = 'RECOVERY'",
      );
      return { seconds: Number(row?.value), level: row?.level };
    };
    await until('it is said', async () => (await lag()).seconds >= 2 * RPO_S, LAG_MS, 500);
    expect((await lag()).level).toBe('CRITICAL');
    expect(await holds({ serving: 'a' })).toMatchObject({ lost: 0 });
  });

  it('serves when both of the city are dead, with what it has, and loses no more than was shown', async () => {
    await bed.lose('a', 'b');
    const c = bed.console('c');
    await c.untilMode('READ_ONLY');
    expect(await forceAt(bed.galera, 'c', bed.consoleDirectory('c'))).toBe(1);
    await c.untilMode('WRITABLE');
    const id = await approved(bed, c, 'FAILOVER', 'c');
    told.push(id);
    expect((await play(c, id, closed)).outcome).toBe('COMMITTED');
    await acknowledges('c');
    const loss = await holds({ serving: 'c', before: 'a' });
    expect(loss.lost).toBeGreaterThan(0);
    expect(loss.measuredSeconds).toBeGreaterThanOrEqual(RPO_S);
    // The source had been silent for longer than its word is believed, and yet what had arrived was known.
    expect(loss.measuredSeconds).toBeLessThanOrEqual(loss.shownSeconds ?? 0);
    lostInTheCity = loss.lost;
  });

  it('serves on when both return: they stand still before data flows again', async () => {
    // As it was signed: their data network is closed until somebody has seen that they stand still.
    bed.copies('a', 'b').cut();
    await Promise.all([bed.power('a'), bed.power('b')]);
    await until('the machines of A stand still', () => halted('a'), SETTLED_MS, 100);
    bed.copies('a', 'b').heal();
    for (const name of ['a', 'b'] as const) await bed.galera.nodes[name].forget();
    await bed.rejoin('a', 'b');
    await acknowledges('c');
    expect(await holds({ serving: 'c', before: 'a' })).toMatchObject({ lost: lostInTheCity });
  });
});

describe('the leader of the consoles', () => {
  it('is paused for a minute in the middle of a promotion: another goes on, and he writes nothing when he wakes', async () => {
    await begin();
    const leader = await leaderOf();
    const presser = bed.console(CENTERS.find((name) => name !== leader.center) as CenterName);
    // A person stands before the promotion: what the machines do by themselves is over between two looks.
    const steps = usualSteps('SWITCHOVER').flatMap((step) =>
      step.action === 'PROMOTE_TARGET' ? [BEFORE_PROMOTION, step] : [step],
    );
    const id = await approved(bed, presser, 'SWITCHOVER', 'b', await presser.runbook('SWITCHOVER', steps));
    told.push(id);
    await play(presser, id, at('INSTRUCTION'));
    // The cluster answers nobody for a while, else the step would be over before anybody could be paused in it.
    bed.clusters.b.pause();
    await play(presser, id, at('PROMOTE_TARGET'));
    const [paused] = [await leaderOf()];
    paused.process.pause();
    await sleep(1_000);
    bed.clusters.b.goOn();
    const pausedAt = Date.now();
    const other = bed.console(CENTERS.find((name) => name !== paused.center) as CenterName);
    expect((await play(other, id, closed)).outcome).toBe('COMMITTED');
    await sleep(Math.max(0, PAUSE_MS - (Date.now() - pausedAt)));
    const before = await bed.ask(
      'select id, version from jiyun.dr_execution union select id, version from jiyun.dr_step',
    );
    paused.process.goOn();
    await paused.untilMode('WRITABLE');
    await acknowledges('b');
    expect(await holds({ serving: 'b', before: 'a' })).toMatchObject({ lost: 0 });
    expect(
      await bed.ask('select id, version from jiyun.dr_execution union select id, version from jiyun.dr_step'),
    ).toEqual(before);
    const holders = await bed.ask(
      'select claimed_epoch as epoch from jiyun.dr_step where started_at is not null order by started_at, number',
    );
    const epochs = holders.map(({ epoch }) => Number(epoch));
    expect(epochs).toEqual(epochs.toSorted((x, y) => x - y));
    expect(new Set(epochs).size).toBeGreaterThan(1);
  });
});

/** By the lease under which executions are played. */
async function leaderOf(): Promise<DrConsole> {
  const [row] = await bed.ask("select holder from jiyun.lease where name = 'dr-executions'");
  const [, pid] = String(row?.holder).split('/');
  const found = Object.values(bed.consoles).find(({ process: of }) => String(of.pid) === pid);
  if (!found) throw new Error(`nobody of the bed holds the lease: ${row?.holder}`);
  return found;
}

/** The others are paused until their leases are over. */
async function leadAt(center: CenterName): Promise<void> {
  const others = CENTERS.filter((name) => name !== center).map((name) => bed.console(name));
  for (const { process: of } of others) of.pause();
  await until(`${center} leads`, async () => (await leaderOf()).center === center, SETTLED_MS, 200);
  for (const other of others) {
    other.process.goOn();
    await other.untilMode('WRITABLE');
  }
}
