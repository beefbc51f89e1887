import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { clusterReader } from '../support/cluster-reader.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import {
  act,
  approveToEnd,
  createDraft,
  ERROR_FIELDS,
  PREVIEW,
  plainContent,
  REQUEST_FIELDS,
} from '../support/request-form.ts';

let console_: TestConsole;
let applicant: ConsoleClient;
let head: ConsoleClient;
let reviewer: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole({ worker: true });
  [applicant, head, reviewer] = (await Promise.all(
    ['applicant', 'head', 'reviewer'].map((u) => console_.signIn(u)),
  )) as [ConsoleClient, ConsoleClient, ConsoleClient];
}, 120_000);
afterAll(() => console_.close());

const CHANGED = `subscription S($id: ID!) { requestChanged(id: $id) { request { ${REQUEST_FIELDS} } } }`;
const CAPACITY =
  '{ centers { code cluster { reach } pools { code capacity { meter storageTier total held allocated free present } } } }';

/** vCPU of the pool that took the machine. */
async function vcpuOf(poolCode: string): Promise<{ total: number; held: number; allocated: number; free: number }> {
  const { centers } = await reviewer.data(CAPACITY);
  const pools = centers.flatMap((c: { pools: unknown[] }) => c.pools);
  return pools
    .find((p: { code: string }) => p.code === poolCode)
    .capacity.find((m: { meter: string }) => m.meter === 'VCPU');
}

describe('the thread through everything', () => {
  it('leads from a form to a running machine, on a page that changes by itself, and back', async () => {
    const content = await plainContent(applicant);
    const line = { ...content.lines[0], count: 2 } as (typeof content.lines)[number];
    const { previewRequest } = await applicant.data(PREVIEW, { input: { content: { ...content, lines: [line] } } });
    expect(previewRequest.errors).toEqual([]);
    expect(previewRequest.feasible).toBe(true);
    expect(BigInt(previewRequest.yearlyCost)).toBe(12n * BigInt(previewRequest.monthlyCost));
    expect(previewRequest.lines[0].checks.every((c: { passed: boolean }) => c.passed)).toBe(true);
    const pool = previewRequest.lines[0].placements[0].pool.code;
    const before = await vcpuOf(pool);

    const draft = (await createDraft(applicant, { ...content, lines: [line] })).request;
    expect(draft.state).toBe('DRAFT');
    const page = applicant.subscribe(CHANGED, { id: draft.id });
    const sent = (await act(applicant, 'sendRequestForSignOff', draft, null)).request;
    expect(await vcpuOf(pool)).toEqual(before);

    const submitted = (await act(head, 'submitRequest', sent)).request;
    expect(submitted.state).toBe('UNDER_REVIEW');
    // What preview showed is what submit did.
    expect(submitted.lines[0].placements).toEqual(previewRequest.lines[0].placements);
    expect(await vcpuOf(pool)).toMatchObject({ held: before.held + 4, free: before.free - 4 });

    const AWAITING = '{ requests(filter: { awaitingMe: true }) { nodes { code holder } } }';
    const acceptance = await console_.signIn('acceptance');
    expect((await acceptance.data(AWAITING)).requests.nodes).toEqual([
      { code: draft.code, holder: 'Acceptance by the big-data center' },
    ]);
    // The next step's people are not asked before it is theirs.
    expect((await reviewer.data(AWAITING)).requests.nodes).toEqual([]);
    await approveToEnd((username) => console_.signIn(username), submitted, '符合要求，同意分配');
    expect(await vcpuOf(pool)).toMatchObject({
      held: before.held,
      allocated: before.allocated + 4,
      free: before.free - 4,
    });

    const arrived = await page.until((e) => e.data?.requestChanged.request.state === 'DELIVERED', 60_000);
    const machines = arrived.data.requestChanged.request.lines[0].resources;
    expect(machines.map((m: { name: string; state: string; power: string }) => [m.name, m.state, m.power])).toEqual([
      ['web-1', 'IN_USE', 'RUNNING'],
      ['web-2', 'IN_USE', 'RUNNING'],
    ]);
    const addresses = machines.flatMap((m: { addresses: string[] }) => m.addresses);
    expect(addresses.length).toBeGreaterThanOrEqual(2);
    expect(new Set(addresses).size).toBe(addresses.length);

    const cluster = await clusterReader(console_.kubeconfigPath, 'center-a');
    const objects = await cluster.machinesOf(draft.code);
    expect(objects.map((o) => `${o.namespace}/${o.name}`).toSorted()).toEqual(
      machines.map((m: { clusterObject: string }) => m.clusterObject).toSorted(),
    );

    for (const machine of machines) {
      const { releaseResource } = await applicant.data(
        `mutation R($input: ReleaseResourceInput!) { releaseResource(input: $input) { resource { state version } ${ERROR_FIELDS} } }`,
        {
          input: {
            id: machine.id,
            expectedVersion: machine.version,
            reason: '试用结束',
            confirmName: machine.name,
            idempotencyKey: newId(),
          },
        },
      );
      expect(releaseResource.errors).toEqual([]);
      expect(releaseResource.resource.state).toBe('IN_BIN');
      const { purgeResource } = await applicant.data(
        `mutation P($input: PurgeResourceInput!) { purgeResource(input: $input) { resource { state } ${ERROR_FIELDS} } }`,
        {
          input: {
            id: machine.id,
            expectedVersion: releaseResource.resource.version,
            confirmName: machine.name,
            idempotencyKey: newId(),
          },
        },
      );
      expect(purgeResource.errors).toEqual([]);
    }
    const closed = await page.until((e) => e.data?.requestChanged.request.state === 'CLOSED', 60_000);
    expect(closed.data.requestChanged.request.steps.map((s: { action: string }) => s.action)).toEqual([
      'CREATE',
      'SEND_FOR_SIGN_OFF',
      'SUBMIT',
      'APPROVE',
      'APPROVE',
      'APPROVE',
      'GRANT',
      'DELIVER',
      'CLOSE',
    ]);
    expect(await cluster.machinesOf(draft.code)).toEqual([]);
    // Returned once: all counters are as before.
    expect(await vcpuOf(pool)).toEqual(before);
    await page.stop();
  }, 180_000);

  it('leaves an audit row for every act, in the transaction of the act', async () => {
    const rows: { action: string; n: string }[] = await console_.test.db.query(
      `select action, count(*) as n from \`${console_.test.address.database}_audit\`.audit_event group by action`,
    );
    const counts = Object.fromEntries(rows.map((r) => [r.action, Number(r.n)]));
    expect(counts).toMatchObject({
      'request.create': 1,
      'request.send': 1,
      'request.submit': 1,
      'request.approve': 3,
      'resource.release': 2,
    });
    expect(counts['identity.signIn']).toBeGreaterThanOrEqual(3);
  });
});
