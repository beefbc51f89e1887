import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { Lease } from '../../../server/src/platform/database/lease.js';
import { LeaseGuard, LeaseLost } from '../../../server/src/provisioning/lease-guard.js';
import { StatusRecorder } from '../../../server/src/provisioning/status-recorder.js';
import { NOT_COMPARED, type ResourceObservation } from '../../../server/src/resources/resources.types.js';
import { Province } from '../../support/province.ts';

const CENTER = 'center-a';
const LEASE = 'provisioning/center-a';
const LIFE_MS = 15_000;

type Reading = Omit<ResourceObservation, 'observedAt'>;
const running: Reading = {
  generation: 1,
  phase: 'RUNNING',
  power: 'RUNNING',
  nodeName: 'node-1',
  addresses: ['10.1.0.7'],
  conditions: [],
  statusText: { zh: '运行中', en: 'Running' },
  progressPercent: null,
  actual: NOT_COMPARED,
};
const gone: Reading = { ...running, generation: 2, phase: 'GONE', power: 'STOPPED', nodeName: null, addresses: [] };

let province: Province;

beforeAll(async () => {
  province = await Province.open([CENTER]);
});
afterAll(() => province.close());

async function takenBy(holder: string): Promise<Lease> {
  const lease = await province.records.leases.take(LEASE, holder, LIFE_MS);
  if (lease === undefined) throw new Error(`${holder} did not get the lease`);
  return lease;
}

async function recorderOf(lease: Lease): Promise<StatusRecorder> {
  return new StatusRecorder(province.records, new LeaseGuard(lease));
}

const desiredOf = (id: string) => province.desiredOf(id);

describe('a worker that slept past its lease', () => {
  it('writes nothing any more, however long it had believed to hold it', async () => {
    const [id] = (await province.approve(CENTER, 1)) as [string];
    const sleeper = await recorderOf(await takenBy('sleeper'));
    const decided = await desiredOf(id);
    await province.endLeases();
    const heir = await recorderOf(await takenBy('heir'));
    await expect(sleeper.record(decided, running)).rejects.toThrow(LeaseLost);
    expect(await province.row(id)).toMatchObject({ state: 'PROVISIONING', addresses: [] });
    await heir.record(await desiredOf(id), running);
    expect((await province.row(id)).state).toBe('IN_USE');
  });

  it('is fenced off even when it has the lease again: the epoch is another', async () => {
    const [id] = (await province.approve(CENTER, 1)) as [string];
    await province.endLeases();
    const first = await recorderOf(await takenBy('sleeper'));
    await province.endLeases();
    await takenBy('heir');
    await province.endLeases();
    await takenBy('sleeper');
    await expect(first.record(await desiredOf(id), running)).rejects.toThrow(LeaseLost);
  });
});

describe('what is read', () => {
  it('ends a life only when it answers to the newest wish', async () => {
    const [id] = (await province.approve(CENTER, 1)) as [string];
    await province.endLeases();
    const recorder = await recorderOf(await takenBy('worker'));
    const stale = await desiredOf(id);
    await recorder.record(stale, running);
    const before = await province.liveVcpu(CENTER);
    await province.release(id);
    await recorder.record(stale, { ...gone, generation: 1 });
    expect((await province.row(id)).state).toBe('RELEASING');
    expect(await province.liveVcpu(CENTER)).toBe(before);
  });

  it('is written in one transaction with all that wait, and without the one that cannot be', async () => {
    const ids = await province.approve(CENTER, 5);
    await province.endLeases();
    const recorder = await recorderOf(await takenBy('worker'));
    const decided = await Promise.all(ids.map(desiredOf));
    const unknown = { ...(decided[0] as (typeof decided)[number]), resourceId: newId() };
    const answers = await Promise.allSettled([...decided, unknown].map((each) => recorder.record(each, running)));
    expect(answers.map((each) => each.status)).toEqual([...ids.map(() => 'fulfilled'), 'rejected']);
    for (const id of ids) expect((await province.row(id)).state).toBe('IN_USE');
    expect(await province.requestState(ids[0] as string)).toBe('DELIVERED');
  });

  it('gives the claim back once, also when two say at once that it is gone', async () => {
    const [id] = (await province.approve(CENTER, 1)) as [string];
    await province.endLeases();
    const recorder = await recorderOf(await takenBy('worker'));
    await recorder.record(await desiredOf(id), running);
    await province.release(id);
    const before = await province.liveVcpu(CENTER);
    const decided = await desiredOf(id);
    const answered = { ...gone, generation: decided.generation };
    await Promise.all([1, 2, 3].map(() => recorder.record(decided, answered)));
    expect(await province.liveVcpu(CENTER)).toBe(before - 2);
    expect(await province.requestState(id)).toBe('CLOSED');
  });
});
