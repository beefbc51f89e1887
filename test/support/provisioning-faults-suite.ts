import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import { ProvisioningWorker } from '../../server/src/provisioning/provisioning.worker.js';
import { FAST } from './fast-pace.ts';
import { FaultyLine } from './faulty-line.ts';
import type { ServedCluster } from './gateway-suite.ts';
import { Province } from './province.ts';
import { until } from './until.ts';

const DEPARTMENTS = { a: 'flt-a', b: 'flt-b' } as const;
/** As many at least: a client that opened one for every call would fall far short. */
const CALLS_A_CONNECTION = 3;

/**
 * The table of faults (reference/resilience-and-security.md §4) on the line to a cluster. Two centers share one cluster
 * over a line each, so that what happens to one can be seen not to happen to the other.
 */
export function describeProvisioningFaults(what: string, serve: () => Promise<ServedCluster>): void {
  describe(`provisioning over a bad line to ${what}`, () => {
    let served: ServedCluster;
    let directory: string;
    let lines: { readonly a: FaultyLine; readonly b: FaultyLine };
    let clusters: ClusterRegistry;
    let province: Province;
    let worker: ProvisioningWorker;

    beforeAll(async () => {
      Logger.overrideLogger(false);
      served = await serve();
      directory = await mkdtemp(join(tmpdir(), 'jiyun-lines-'));
      const [a, b] = await Promise.all([
        FaultyLine.to(served.kubeconfigPath, directory, 'a'),
        FaultyLine.to(served.kubeconfigPath, directory, 'b'),
      ]);
      lines = { a: a.line, b: b.line };
      const accesses = [
        { centerCode: 'center-a', kubeconfigPath: a.kubeconfigPath, context: null },
        { centerCode: 'center-b', kubeconfigPath: b.kubeconfigPath, context: null },
      ];
      const reflector = { backoff: { firstMs: 20, mostMs: 200 } };
      clusters = new ClusterRegistry(accesses, { rate: null, deadlineMs: 700, reflector });
      province = await Province.open(['center-a', 'center-b']);
      worker = new ProvisioningWorker(clusters, province.records, province.feed, FAST);
      await worker.start();
      await until('both are driven', () => worker.isDriving('center-a') && worker.isDriving('center-b'));
    }, 120_000);

    afterAll(async () => {
      await worker?.stop();
      await clusters?.close();
      await Promise.all(Object.values(lines ?? {}).map((line) => line.close()));
      await province?.close();
      await served?.stop();
      await rm(directory, { recursive: true, force: true });
    });

    const inUse = (id: string) => until(`${id} in use`, async () => (await province.row(id)).state === 'IN_USE');
    const released = (id: string) => until(`${id} released`, async () => (await province.row(id)).state === 'RELEASED');
    const machineOnA = async () => (await province.approve('center-a', 1, DEPARTMENTS.a))[0] as string;

    /** Exactly one machine of its name can be: what is asked is that it is the record's own, and that it lives and ends. */
    async function livesAndEnds(id: string, fault: () => void): Promise<void> {
      await inUse(id);
      fault();
      const before = await province.liveVcpu('center-a');
      await province.release(id);
      await released(id);
      expect(await province.liveVcpu('center-a')).toBe(before - 2);
    }

    it('keeps a cut-off center from holding up the other, and catches up when it is back', async () => {
      lines.a.cut();
      const waiting = await province.approve('center-a', 12, DEPARTMENTS.a);
      const [onB] = (await province.approve('center-b', 1, DEPARTMENTS.b)) as [string];
      const began = performance.now();
      await inUse(onB);
      expect(performance.now() - began).toBeLessThan(5_000);
      expect((await province.row(waiting[0] as string)).state).toBe('PROVISIONING');
      province.passTime(40_000);
      await until('stale', async () => (await province.reach('center-a')) !== 'REACHABLE');
      expect(await province.reach('center-b')).toBe('REACHABLE');
      lines.a.restore();
      await Promise.all(waiting.map(inUse));
      await until('heard of again', async () => (await province.reach('center-a')) === 'REACHABLE');
    });

    it('keeps its connections, however many calls it makes', async () => {
      const before = { opened: lines.b.opened, asked: lines.b.asked };
      const ids = await province.approve('center-b', 20, DEPARTMENTS.b);
      await Promise.all(ids.map(inUse));
      const calls = lines.b.asked - before.asked;
      expect(calls).toBeGreaterThan(ids.length * 2);
      // Eight at a time serve them all; on a slow machine some are closed for idleness and opened again.
      expect((lines.b.opened - before.opened) * CALLS_A_CONNECTION).toBeLessThanOrEqual(calls);
    });

    it.each(['LOSE_ANSWER', 'HANG'] as const)(
      'meets calls that took effect but whose answer was lost: %s',
      async (kind) => {
        const met = lines.a.met;
        lines.a.plan('PATCH', 4, { kind });
        await livesAndEnds(await machineOnA(), () => lines.a.plan('DELETE', 2, { kind }));
        expect(lines.a.met - met).toBe(6);
      },
    );

    it.each([
      [429, '1'],
      [429, undefined],
      [500, undefined],
      [503, undefined],
      [409, undefined],
    ])('meets %s with Retry-After %s', async (status, retryAfter) => {
      const met = lines.a.met;
      const fault = { kind: 'ANSWER', status, ...(retryAfter === undefined ? {} : { retryAfter }) } as const;
      lines.a.plan('PATCH', 3, fault);
      await livesAndEnds(await machineOnA(), () => lines.a.plan('DELETE', 2, fault));
      expect(lines.a.met - met).toBe(5);
    });

    it('does not give a request up for a refusal that passes', async () => {
      lines.a.plan('PATCH', 1, { kind: 'ANSWER', status: 403 });
      const id = await machineOnA();
      await until('refused', async () => (await province.row(id)).state === 'FAILED');
      expect((await province.row(id)).conditions).toContainEqual(
        expect.objectContaining({ type: 'Applied', status: 'False', reason: 'FORBIDDEN' }),
      );
      await until('applied all the same', async () => (await province.row(id)).state === 'IN_USE');
    });

    it('misses nothing when its watches are dropped again and again', async () => {
      const ids = await province.approve('center-a', 5, DEPARTMENTS.a);
      let dropped = 0;
      const dropping = setInterval(() => {
        dropped += lines.a.dropWatches();
      }, 60);
      try {
        await Promise.all(ids.map(inUse));
        await Promise.all(ids.map((id) => province.release(id)));
        await Promise.all(ids.map(released));
      } finally {
        clearInterval(dropping);
      }
      expect(dropped).toBeGreaterThan(4);
    });

    it('lists again when its history is forgotten', async () => {
      const met = lines.a.met;
      lines.a.planForWatches(8, { kind: 'ANSWER', status: 410 });
      lines.a.dropWatches();
      await livesAndEnds(await machineOnA(), () => {});
      expect(lines.a.met - met).toBeGreaterThan(3);
    });

    it('needs no watch at all to be right in the end', async () => {
      lines.a.planForWatches(1_000_000, { kind: 'ANSWER', status: 500 });
      lines.a.dropWatches();
      const id = await machineOnA();
      // Only re-lists could tell; without them the objects are there though their status is not known here.
      await until('applied', async () => (await province.row(id)).statusText.zh.includes('已下发'));
      lines.a.forgetPlans();
      await inUse(id);
    });
  });
}
