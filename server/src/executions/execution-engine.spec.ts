import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Lease, Leases } from '../platform/database/lease.js';
import { ClusterFailure } from '../provisioning/domain/cluster-failure.js';
import { ClusterSilence } from './cluster-silence.service.js';
import { ExecutionEngine } from './execution-engine.service.js';
import type { StepRow } from './executions.types.js';
import { StepRefused, type StepWorld } from './step-handlers.service.js';

/** A round of the product's, and a little. */
const ROUND_MS = 300;

const SILENT = say('目标中心 B 的集群没有应答', 'The cluster of the target center B does not answer');

type Look = (gateway: { probe: () => Promise<void> }, world: StepWorld) => Promise<unknown>;

/** One record that all consoles share, and what each of them did to it. */
class Record {
  lease: (Lease & { readonly untilMs: number }) | undefined;
  step = { ...{ id: 's', number: 1, stage: 'RUN', kind: 'AUTOMATIC', action: 'CHECK_PREREQUISITES' } } as StepRow;
  pausedAt: Date | null = null;
  noted = 0;
  readonly looked: string[] = [];

  constructor() {
    Object.assign(this.step, { state: 'RUNNING', startedAt: new Date(), timeoutSeconds: 600, problem: null });
  }

  get leases(): Leases {
    return {
      take: async (name: string, holder: string, lifeMs: number) => {
        const alive = this.lease !== undefined && this.lease.untilMs > performance.now();
        if (alive && this.lease?.holder !== holder) return undefined;
        const epoch = (this.lease?.epoch ?? 0n) + (alive ? 0n : 1n);
        this.lease = { name, holder, epoch, untilMs: performance.now() + lifeMs };
        return { name, holder, epoch };
      },
      release: async () => {
        if (this.lease) this.lease = { ...this.lease, untilMs: 0 };
      },
      stillHeld: async (_tx: unknown, lease: Lease) => this.lease?.epoch === lease.epoch,
    } as unknown as Leases;
  }

  /** A console of its own, with a way to the cluster or without one. */
  console(name: string, line: { reaches: boolean }, look: Look = probed): ExecutionEngine {
    const gateway = {
      probe: async () => {
        this.looked.push(name);
        if (!line.reaches) throw new ClusterFailure('UNREACHABLE', 'cut');
      },
    };
    const silence = new ClusterSilence();
    const clusters = silence.over({ of: () => gateway } as never);
    const repository = {
      openIds: async () => ['x'],
      one: async () => ({ id: 'x', groupId: 'g', state: 'RUNNING', pausedAt: this.pausedAt }),
      steps: async () => [{ ...this.step }],
    };
    const plays = {
      note: async (_tx: unknown, _step: unknown, said: Bilingual) => {
        this.noted += 1;
        Object.assign(this.step, { problem: said.zh, problemEn: said.en });
      },
      finish: async () => Object.assign(this.step, { state: 'DONE' }),
      fail: async (_tx: unknown, _step: unknown, said: Bilingual) =>
        Object.assign(this.step, { state: 'FAILED', problem: said.zh }),
      pauseAt: async () => {
        this.pausedAt = new Date();
      },
      advance: async () => {
        this.pausedAt = new Date();
      },
    };
    const handlers = { of: () => ({ look: (world: StepWorld) => look(clusters.of('b') as never, world) }) };
    const all = [
      ...[repository, plays, { of: async () => ({}) }, handlers, silence, this.leases],
      ...[{ run: (work: (tx: unknown) => unknown) => work({}) }, { now: () => new Date() }],
    ];
    return new ExecutionEngine(...(all as unknown as ConstructorParameters<typeof ExecutionEngine>));
  }
}

async function probed(gateway: { probe: () => Promise<void> }) {
  await gateway.probe().catch(() => {
    throw new StepRefused(SILENT);
  });
  return { done: true, output: {} };
}

async function rounds(engines: readonly ExecutionEngine[], forMs: number): Promise<void> {
  for (let spent = 0; spent < forMs; spent += ROUND_MS) {
    jest.advanceTimersByTime(ROUND_MS);
    for (const engine of engines) await engine.run();
  }
}

describe('the engine', () => {
  it('begins each round with another execution: one that a silent cluster holds up keeps none from its turn', async () => {
    const looked: string[] = [];
    const repository = {
      openIds: async () => ['silent', 'waiting', 'other'],
      one: async (id: string) => {
        looked.push(id);
        return null;
      },
    };
    const leases = { take: async () => ({ name: 'dr-executions', holder: 'me', epoch: 1n }) };
    const none = {} as never;
    const clock = { now: () => new Date() } as never;
    const engine = new ExecutionEngine(repository as never, none, none, none, none, leases as never, none, clock);
    for (let round = 0; round < 3; round += 1) await engine.run();
    expect([looked[0], looked[3], looked[6]]).toEqual(['silent', 'waiting', 'other']);
    expect(new Set(looked.slice(0, 3)).size).toBe(3);
  });
});

describe('a console that has no way to the cluster', () => {
  let record: Record;
  beforeEach(() => {
    jest.useFakeTimers();
    record = new Record();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('leaves what it plays to one that has, and nothing stands still for it', async () => {
    const cut = record.console('cut', { reaches: false });
    const other = record.console('other', { reaches: true });
    await rounds([cut, other], 10_000);
    expect(record.step.state).toBe('DONE');
    expect(record.looked.at(-1)).toBe('other');
    expect(record.looked.filter((name) => name === 'other')).toHaveLength(1);
  });

  it('says what it waits for meanwhile, and gives each of three a look before it stands still', async () => {
    const all = ['one', 'two', 'three'].map((name) => record.console(name, { reaches: false }));
    await rounds(all, 25_000);
    expect(record.step).toMatchObject({ state: 'RUNNING', problem: SILENT.zh });
    expect(new Set(record.looked)).toEqual(new Set(['one', 'two', 'three']));
    await rounds(all, 10_000);
    expect(record.step).toMatchObject({ state: 'FAILED', problem: SILENT.zh });
    expect(record.pausedAt).not.toBeNull();
  });

  it('leaves a step that has gone on for long as well: what counts is since when it is silent', async () => {
    Object.assign(record.step, { startedAt: new Date(Date.now() - 300_000) });
    const cut = record.console('cut', { reaches: false });
    const other = record.console('other', { reaches: true });
    await rounds([cut, other], 10_000);
    expect(record.step.state).toBe('DONE');
    expect(record.looked.at(-1)).toBe('other');
  });

  it('says a thing once, however much longer than its column it is', async () => {
    const long = 'x'.repeat(1_500);
    const waiting: Look = async () => ({ done: false, note: say(long, long) });
    const engine = record.console('one', { reaches: true }, waiting);
    await rounds([engine], 3_000);
    expect(record.noted).toBe(1);
    expect(record.step.problem).toHaveLength(1_000);
  });

  it('takes it back where there is no other, and goes on when the way is there again', async () => {
    const line = { reaches: false };
    const alone = record.console('alone', line);
    await rounds([alone], 15_000);
    const before = record.looked.length;
    line.reaches = true;
    await rounds([alone], 3_000);
    expect(before).toBeGreaterThan(10);
    expect(record.step.state).toBe('DONE');
  });

  it('leaves nothing to another while a write of its own may still arrive', async () => {
    const writing: Look = async (gateway, world) => {
      world.assertMay();
      await gateway.probe().catch(() => undefined);
      return { done: false, note: SILENT };
    };
    const cut = record.console('cut', { reaches: false }, writing);
    const other = record.console('other', { reaches: true }, writing);
    await rounds([cut, other], 20_000);
    expect(new Set(record.looked)).toEqual(new Set(['cut']));
  });
});
