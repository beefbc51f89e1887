import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedCluster } from '../../../server/src/simulation/simulated-cluster.js';
import {
  call,
  disk,
  disks,
  isGone,
  machine,
  machines,
  makeNamespace,
  reaches,
  startCluster,
  watch,
} from './support.js';

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

  it('answer with the code that is asked for', async () => {
    cluster.faults.add({ match: { verb: 'list' }, effect: 'serverError', code: 503, times: 1 });
    expect((await call(cluster, 'GET', disks('dept'))).body).toMatchObject({ code: 503, reason: 'ServiceUnavailable' });
  });

  it('make a list slow by what is in it, and an empty one not at all', async () => {
    cluster.faults.add({ match: { plural: 'virtualmachines' }, effect: 'slowList', ms: 80 });
    expect((await call(cluster, 'GET', machines('dept'))).body.items).toEqual([]);
    await call(cluster, 'POST', machines('dept'), machine('slow'));
    const begin = performance.now();
    expect((await call(cluster, 'GET', machines('dept'))).body.items).toHaveLength(1);
    expect(performance.now() - begin).toBeGreaterThan(70);
  });
});

describe('faults of controllers, asked for by the kubeconfig’s administrator', () => {
  const path = '/simulation/faults';
  let cluster: SimulatedCluster;

  beforeAll(async () => {
    cluster = await startCluster();
    await makeNamespace(cluster, 'dept');
  });

  afterAll(() => cluster?.stop());

  it('tell what stands, refuse what is no fault, and are cleared', async () => {
    const fault = { effect: 'latency', match: { verb: 'list' }, ms: 1, times: 3 };
    expect((await call(cluster, 'POST', path, fault)).body.items).toEqual([fault]);
    expect((await call(cluster, 'GET', path)).body.items).toEqual([fault]);
    for (const wrong of [
      { effect: 'flood' },
      { effect: 'latency', ms: -1 },
      { effect: 'latency', match: { kind: 'x' } },
    ])
      expect((await call(cluster, 'POST', path, wrong)).status).toBe(400);
    expect((await call(cluster, 'DELETE', path)).body.items).toEqual([]);
  });

  it('keep a finalizer until it is cleared, and an event tells', async () => {
    await call(cluster, 'POST', machines('dept'), machine('stuck', { runStrategy: 'Halted' }));
    const at = `${machines('dept')}/stuck`;
    await reaches(cluster, at, (object) => object.status?.printableStatus !== undefined);
    await call(cluster, 'POST', path, {
      effect: 'stuckFinalizer',
      match: { plural: 'virtualmachines', name: 'stuck' },
    });
    await call(cluster, 'DELETE', at);
    const events = '/api/v1/namespaces/dept/events?fieldSelector=reason%3DRefused';
    await reaches(cluster, events, ({ items }) => items.length > 0);
    expect((await call(cluster, 'GET', at)).body.metadata.deletionTimestamp).toBeDefined();
    await call(cluster, 'DELETE', path);
    await isGone(cluster, at);
  });

  it('can be ended from inside a center that is cut off, and asked for by nobody else', async () => {
    await call(cluster, 'POST', path, { effect: 'cutOff' });
    await expect(call(cluster, 'GET', machines('dept'))).rejects.toThrow();
    expect((await call(cluster, 'DELETE', path)).status).toBe(200);
    expect((await call(cluster, 'GET', machines('dept'))).status).toBe(200);
    const account = '/api/v1/namespaces/dept/serviceaccounts';
    await call(cluster, 'POST', account, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a' } });
    const { token } = (await call(cluster, 'POST', `${account}/a/token`, {})).body.status;
    const refused = await call({ ...cluster, token }, 'GET', path);
    expect(refused.body).toMatchObject({
      code: 403,
      message: expect.stringContaining('cannot get path "/simulation/faults"'),
    });
  });
});
