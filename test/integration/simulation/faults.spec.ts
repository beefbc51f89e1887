import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedCluster } from '../../../server/src/simulation/simulated-cluster.js';
import { call, disk, disks, makeNamespace, startCluster, watch } from './support.js';

describe('scripted faults', () => {
  let cluster: SimulatedCluster;

  beforeAll(async () => {
    cluster = await startCluster({ stages: 'off' });
    await makeNamespace(cluster, 'dept');
  });

  afterEach(() => cluster.faults.clear());
  afterAll(() => cluster?.stop());

  it('say that there were too many requests, as often as asked', async () => {
    cluster.faults.add({ match: { verb: 'list', plural: 'datavolumes' }, effect: 'tooManyRequests', times: 2 });
    const answers = [];
    for (let index = 0; index < 3; index += 1) answers.push(await call(cluster, 'GET', disks('dept')));
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(answers[0]?.headers['retry-after']).toBe('1');
  });

  it('fail, or only wait', async () => {
    cluster.faults.add({ match: { name: 'dept' }, effect: 'serverError', times: 1 });
    expect((await call(cluster, 'GET', '/api/v1/namespaces/dept')).status).toBe(500);
    cluster.faults.add({ match: {}, effect: 'latency', ms: 120, times: 1 });
    const begin = performance.now();
    expect((await call(cluster, 'GET', '/api/v1/namespaces/dept')).status).toBe(200);
    expect(performance.now() - begin).toBeGreaterThan(100);
  });

  it('do what was asked and never say so', async () => {
    cluster.faults.add({ match: { verb: 'create' }, effect: 'timeoutAfterEffect', ms: 50, times: 1 });
    await expect(call(cluster, 'POST', disks('dept'), disk('made'))).rejects.toThrow();
    expect((await call(cluster, 'GET', `${disks('dept')}/made`)).status).toBe(200);
  });

  it('drop a watch', async () => {
    cluster.faults.add({ match: {}, effect: 'dropWatch', ms: 50, times: 1 });
    const dropped = await watch(cluster, `${disks('dept')}?watch=true`);
    await dropped.ended;
    const next = await watch(cluster, `${disks('dept')}?watch=true`);
    next.stop();
  });

  it('cut a cluster off: open lines too', async () => {
    const open = await watch(cluster, `${disks('dept')}?watch=true`);
    cluster.faults.add({ match: {}, effect: 'cutOff' });
    await open.ended;
    await expect(call(cluster, 'GET', disks('dept'))).rejects.toThrow();
    cluster.faults.clear();
    expect((await call(cluster, 'GET', disks('dept'))).status).toBe(200);
  });
});
