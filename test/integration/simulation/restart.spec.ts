import { appendFileSync, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  applyMachine,
  call,
  disks,
  instances,
  machines,
  makeNamespace,
  reaches,
  startCluster,
  watch,
} from './support.js';

describe('a simulated cluster that is started again', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'jiyun-cluster-'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('is the same cluster: address, certificate, token, objects and history', async () => {
    const first = await startCluster({ directory, stages: 'off' });
    await makeNamespace(first, 'dept');
    await applyMachine(first, 'dept', 'web');
    const before = (await call(first, 'GET', `${machines('dept')}/web`)).body;
    await call(first, 'PATCH', `${machines('dept')}/web`, { metadata: { labels: { tier: 'web' } } });
    await first.stop();
    const second = await startCluster({ directory, stages: 'off' });
    expect([second.url, second.caPem, second.token]).toEqual([first.url, first.caPem, first.token]);
    const after = (await call(second, 'GET', `${machines('dept')}/web`)).body;
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.metadata.labels).toEqual({ tier: 'web' });
    // A watch goes on from where it stood: no list is needed.
    const missed = await watch(
      second,
      `${machines('dept')}?watch=true&resourceVersion=${before.metadata.resourceVersion}&timeoutSeconds=1`,
    );
    await missed.ended;
    expect(missed.events.map(({ type }) => type)).toEqual(['MODIFIED']);
    await call(second, 'PATCH', `${machines('dept')}/web`, { metadata: { labels: { tier: 'db' } } });
    const newest = (await call(second, 'GET', `${machines('dept')}/web`)).body;
    expect(Number(newest.metadata.resourceVersion)).toBeGreaterThan(Number(after.metadata.resourceVersion));
    await second.stop();
    expect(statSync(join(directory, 'identity.json')).mode & 0o077).toBe(0);
  });

  it('cuts a torn last write, says so, and keeps what was answered', async () => {
    const first = await startCluster({ directory, stages: 'off' });
    await makeNamespace(first, 'dept');
    await first.stop();
    appendFileSync(join(directory, 'journal.jsonl'), '["ADDED",{"apiVersion":"v1","kind":"Names');
    const told: string[] = [];
    const second = await startCluster({ directory, stages: 'off', tell: (message) => told.push(message) });
    expect(told).toEqual([expect.stringContaining('torn')]);
    expect((await call(second, 'GET', '/api/v1/namespaces/dept')).status).toBe(200);
    await makeNamespace(second, 'next');
    await second.stop();
    const third = await startCluster({ directory, stages: 'off' });
    expect((await call(third, 'GET', '/api/v1/namespaces/next')).status).toBe(200);
    await third.stop();
  });

  it('has whatever it answered, at whatever moment it is killed', async () => {
    const cluster = await startCluster({ directory });
    await makeNamespace(cluster, 'dept');
    for (let round = 0; round < 5; round += 1) {
      const name = `machine-${round}`;
      await applyMachine(cluster, 'dept', name);
      const answered = (await call(cluster, 'GET', `${machines('dept')}/${name}`)).body.metadata;
      // What is on disk now is all that a killed process leaves.
      const left = `${directory}-left`;
      cpSync(directory, left, { recursive: true });
      const heir = await startCluster({ directory: left, stages: 'off' });
      const found = (await call(heir, 'GET', `${machines('dept')}/${name}`)).body.metadata;
      expect(found.uid).toBe(answered.uid);
      expect(Number(found.resourceVersion)).toBeGreaterThanOrEqual(Number(answered.resourceVersion));
      await heir.stop();
      rmSync(left, { recursive: true });
    }
    await cluster.stop();
  });

  it('goes on with every machine from where it stands, however often it is stopped', async () => {
    let cluster = await startCluster({ directory });
    await makeNamespace(cluster, 'dept');
    for (const name of ['a', 'b', 'c']) await applyMachine(cluster, 'dept', name);
    for (let round = 0; round < 8; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await cluster.stop();
      cluster = await startCluster({ directory });
    }
    for (const name of ['a', 'b', 'c']) {
      await reaches(cluster, `${machines('dept')}/${name}`, ({ status }) => status?.printableStatus === 'Running');
    }
    expect((await call(cluster, 'GET', instances('dept'))).body.items).toHaveLength(3);
    expect((await call(cluster, 'GET', disks('dept'))).body.items).toHaveLength(3);
    await cluster.stop();
  });
});
