import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ClusterFailure } from '../provisioning/domain/cluster-failure.js';
import type { ClusterGateway, Clusters } from '../provisioning/domain/ports.js';
import type { ReturningSideRow } from './returning-sides.repository.js';
import { ReturningSides } from './returning-sides.service.js';

const NOW = new Date('2026-11-30T00:00:00Z');
const A = { id: 'A', code: 'a', name: 'A 中心', role: 'ACTIVE_A' };
const B = { id: 'B', code: 'b', name: 'B 中心', role: 'ACTIVE_B' };

const left = (groupId: string, centerId = 'A'): ReturningSideRow => ({
  ...{ groupId, centerId, epoch: 3, executionId: 'x', problem: null, problemEn: null, leftAt: NOW },
  state: 'AWAITED',
  ...{ reachedAt: null, haltedAt: null, followsAt: null, unseen: 0 },
  ...{ confirmedAt: null, confirmedById: null, confirmedBy: null },
});
const groups = (count: number) => Array.from({ length: count }, (_, at) => `g${String(at).padStart(4, '0')}`);
const machineIn = (centerId: string, groupId: string) => ({
  ...{ id: groupId, name: groupId, centerId, standby: true, there: true, management: 'MANAGED' },
  ...{ objectNamespace: 'n', objectName: groupId },
});

/** What stands in the record, and the clusters; everything that is asked of them is counted. */
class Bench {
  rows: ReturningSideRow[] = [];
  readonly asked: string[] = [];
  readonly gone = new Set<string>();
  readonly recorded: ReturnType<typeof machineIn>[] = [];
  onGround = (_groupId: string): void => {};
  readonly gateways = new Map<string, Partial<ClusterGateway>>();

  gateway(code: string, more: Partial<ClusterGateway> = {}): void {
    this.gateways.set(code, {
      probe: async () => {
        this.asked.push(`probe ${code}`);
      },
      get: async ({ kind, name }) =>
        kind === 'VirtualMachine'
          ? ({ kind, metadata: { name, namespace: 'n', uid: name }, spec: { runStrategy: 'Always' } } as never)
          : undefined,
      halt: async ({ name }) => {
        this.asked.push(`halt ${code} ${name}`);
        return 'ACCEPTED';
      },
      list: async (kind) => {
        this.asked.push(`list ${code} ${kind}`);
        return [];
      },
      ...more,
    });
  }

  sides(): ReturningSides {
    const repository = {
      pending: async () => this.rows,
      stands: async (row: ReturningSideRow) => this.rows.includes(row),
      serves: async (_tx: unknown, groupId: string) => {
        this.rows = this.rows.filter((row) => row.groupId !== groupId);
      },
      update: async (_tx: unknown, row: ReturningSideRow, values: Partial<ReturningSideRow>) => {
        this.rows = this.rows.map((one) => (one === row ? { ...one, ...values } : one));
        return true;
      },
    };
    const grounds = {
      of: async (groupId: string) => {
        this.asked.push(`ground ${groupId}`);
        this.onGround(groupId);
        if (this.gone.has(groupId)) return null;
        const machines = [machineIn('A', groupId), machineIn('B', groupId), ...this.recorded];
        return {
          centers: [A, B],
          machines,
          tierOf: new Map(),
          picture: { facts: { tiers: [] } },
          moved: { servingCenterId: 'B' },
        };
      },
    };
    const leases = {
      take: async () => ({ name: 'dr-returning-sides', holder: 'me', epoch: 1n }),
      stillHeld: async () => true,
    };
    const unitOfWork = { run: (work: (tx: unknown) => unknown) => work({ now: NOW }) };
    const evidence = { record: async () => undefined };
    const all = [repository, grounds, evidence, leases, unitOfWork] as never[];
    return new ReturningSides(...(all as unknown as ConstructorParameters<typeof ReturningSides>));
  }

  get clusters(): Clusters {
    return { of: (code: string) => this.gateways.get(code) } as never;
  }

  count(what: string): number {
    return this.asked.filter((one) => one.startsWith(what)).length;
  }
}

describe('sides that return', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('halt nothing by a call that waited its turn for longer than the lease', async () => {
    const bench = new Bench();
    const asked: ((() => void) | undefined)[] = [];
    bench.gateway('a', {
      halt: async (_key, _seen, terms) => {
        asked.push(terms?.stillMay);
        return 'ACCEPTED';
      },
    });
    bench.rows = [left('g')];
    await bench.sides().run(bench.clusters);
    expect(asked).toEqual([expect.any(Function)]);
    expect(asked[0]).not.toThrow();
    const later = performance.now() + 20_000;
    jest.spyOn(performance, 'now').mockReturnValue(later);
    expect(asked[0]).toThrow();
  });

  it('are asked for once a center and round where it is silent, though it has left a thousand groups; the others have their turn', async () => {
    const bench = new Bench();
    bench.gateway('a', {
      probe: async () => {
        bench.asked.push('probe a');
        throw new ClusterFailure('UNREACHABLE', 'silence');
      },
    });
    bench.gateway('b');
    bench.rows = [...groups(1_000).map((id) => left(id)), left('other', 'B')];
    const sides = bench.sides();
    await sides.run(bench.clusters);
    expect([bench.count('probe a'), bench.count('ground g'), bench.count('halt b')]).toEqual([1, 1, 1]);
    const of = (centerId: string) => bench.rows.filter((row) => row.centerId === centerId);
    expect(new Set(of('A').map(({ problem, state }) => `${state} ${problem}`))).toEqual(
      new Set(['AWAITED 集群没有应答']),
    );
    await sides.run(bench.clusters);
    expect(bench.count('probe a')).toBe(2);
  });

  it('are met for no longer than the lease lets them be, and in the next round from where it ended', async () => {
    const bench = new Bench();
    bench.gateway('a');
    bench.rows = groups(10).map((id) => left(id));
    let clock = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => clock);
    bench.onGround = () => {
      clock += 5_000;
    };
    const sides = bench.sides();
    const met = async () => {
      const before = bench.asked.length;
      await sides.run(bench.clusters);
      return bench.asked
        .slice(before)
        .flatMap((one) => (one.startsWith('ground ') ? [one.slice('ground '.length)] : []));
    };
    expect(await met()).toEqual(['g0000', 'g0001', 'g0002']);
    expect(await met()).toEqual(['g0003', 'g0004', 'g0005']);
    expect(await met()).toEqual(['g0006', 'g0007', 'g0008']);
    expect(await met()).toEqual(['g0009', 'g0000', 'g0001']);
  });

  it('list their cluster once for all groups of a round', async () => {
    const bench = new Bench();
    bench.gateway('a', { get: async () => undefined });
    bench.rows = groups(5).map((id) => left(id));
    await bench.sides().run(bench.clusters);
    expect([bench.count('probe a'), bench.count('list a')]).toEqual([1, 2]);
    expect(bench.rows.every(({ state }) => state === 'FOLLOWS')).toBe(true);
  });

  it('halt nothing where another placement was made while they were looked at', async () => {
    const bench = new Bench();
    bench.gateway('a', {
      probe: async () => {
        bench.rows = [];
      },
    });
    bench.rows = [left('g0000')];
    await bench.sides().run(bench.clusters);
    expect(bench.count('halt')).toBe(0);
  });

  it('with machines that no cluster shows go on only once a person has said that those stand still', async () => {
    const bench = new Bench();
    bench.gateway('a', { get: async () => undefined });
    bench.rows = [left('g0000')];
    bench.recorded.push({ ...machineIn('A', 'old'), management: 'RECORDED' });
    const sides = bench.sides();
    await sides.run(bench.clusters);
    expect(bench.rows).toMatchObject([
      { state: 'HALTING', unseen: 1, haltedAt: null, problem: expect.stringContaining('按「确认已停机」') },
    ]);
    expect(bench.count('list')).toBe(0);
    bench.rows = bench.rows.map((row) => ({ ...row, confirmedAt: NOW, confirmedById: 'u', confirmedBy: '高运维' }));
    await sides.run(bench.clusters);
    expect(bench.rows).toMatchObject([{ state: 'FOLLOWS', problem: null }]);
  });

  it('go on where a machine that no cluster shows has been given back meanwhile', async () => {
    const bench = new Bench();
    bench.gateway('a', { get: async () => undefined });
    bench.rows = [{ ...left('g0000'), state: 'HALTING', unseen: 2, reachedAt: NOW }];
    await bench.sides().run(bench.clusters);
    expect(bench.rows).toMatchObject([{ state: 'FOLLOWS', unseen: 0 }]);
  });

  it('are forgotten with their group', async () => {
    const bench = new Bench();
    bench.gateway('a');
    bench.rows = [left('g0000')];
    bench.gone.add('g0000');
    await bench.sides().run(bench.clusters);
    expect(bench.rows).toEqual([]);
  });
});
