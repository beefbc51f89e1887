import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { entities } from '../../../server/src/entities.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { auditSchemaOf, openDataSource } from '../../../server/src/platform/database/data-source.js';
import { ReviewService } from '../../../server/src/requests/review.service.js';
import { SubmissionService } from '../../../server/src/requests/submission.service.js';
import { ResourceLife } from '../../../server/src/resources/resource-life.service.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import { openApplicationOn, openTestApplication, type TestApplication } from '../../support/application.ts';
import { ACCEPTANCE, ChainDesk, oneChain, SIGN_OFF, step } from '../../support/chain-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { LosingProxy } from '../../support/losing-proxy.ts';
import { Reckoning } from '../../support/reckoning.ts';
import { idOf, RequestJourney } from '../../support/request-journey.ts';

const MACHINES = 2;

let app: TestApplication;
let journey: RequestJourney;
let desk: LifeDesk;
/** The same, of the process behind the line. */
let worker: LifeDesk;
let behind: Pick<TestApplication, 'context' | 'close'>;
let db: DataSource;
let proxy: LosingProxy;
let reckoning: Reckoning;
let centerId: string;
let poolId: string;

beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  const { center, pool } = await journey.openCenter('lost', 10_000);
  [centerId, poolId] = [center.id, pool.id];
  // The review comes before the acceptance: approving it is what takes the capacity.
  const chain = new ChainDesk(app, journey);
  await chain.publish(
    oneChain(SIGN_OFF, step('review', ['CENTER_REVIEWER']), ACCEPTANCE, step('end', ['CAPACITY_ALLOCATOR'])),
  );
  proxy = new LosingProxy(app.test.address.socketPath as string);
  await proxy.listen();
  db = await openDataSource({ ...app.test.address, socketPath: proxy.socketPath }, entities);
  behind = await openApplicationOn(db);
  desk = new LifeDesk(app, journey);
  worker = new LifeDesk({ test: app.test, ...behind }, journey);
  reckoning = new Reckoning(app);
});
afterAll(async () => {
  proxy?.mend();
  await behind?.close();
  if (db?.isInitialized) await db.destroy();
  await proxy?.close();
  await app?.close();
});

const get = <T>(type: new (...args: never[]) => T): T => behind.context.get(type, { strict: false });

/** An act that is pressed at the process behind the line, and what is there once it is done. */
interface Press {
  readonly requestId: string;
  readonly audit: string;
  act(): Promise<Result<{ id: string }, readonly Refusal[]>>;
  /** Its traces: all of them are there, or none. */
  traces(): Promise<readonly boolean[]>;
}

const rows = async (sql: string, id: string): Promise<number> => {
  const [row] = await app.test.db.query(sql, [id]);
  return Number(row.n);
};
const claims = (requestId: string, state: string): Promise<number> =>
  rows(`select count(*) as n from claim where request_id = ? and state = '${state}'`, requestId);
const stepsOf = (requestId: string, action: string): Promise<number> =>
  rows(`select count(*) as n from request_step where request_id = ? and action = '${action}'`, requestId);

async function signing(signatures: number): Promise<{ requestId: string; wish: ReturnType<RequestJourney['wish']> }> {
  const requestId = await journey.sent(journey.content(centerId, MACHINES));
  if (signatures > 0) idOf(await journey.submit(requestId));
  for (let signed = 1; signed < signatures; signed += 1) idOf(await journey.approveStep(requestId));
  return { requestId, wish: journey.wish(requestId, (await journey.row(requestId)).version) };
}

const PRESSES: { readonly [name: string]: () => Promise<Press> } = {
  'a submit': async () => {
    const { requestId, wish } = await signing(0);
    return {
      requestId,
      audit: 'request.submit',
      act: () => get(SubmissionService).submit(journey.head, journey.scope, wish),
      traces: async () => [
        (await journey.row(requestId)).state === 'UNDER_REVIEW',
        (await stepsOf(requestId, 'SUBMIT')) === 1,
      ],
    };
  },
  'an approval that holds': async () => {
    const { requestId, wish } = await signing(1);
    return {
      requestId,
      audit: 'request.approve',
      act: () => get(ReviewService).approve(journey.reviewer, WHOLE_PROVINCE, wish),
      traces: async () => [
        (await journey.row(requestId)).heldSince !== null,
        (await claims(requestId, 'HELD')) === MACHINES,
        (await stepsOf(requestId, 'APPROVE')) === 1,
      ],
    };
  },
  'a grant': async () => {
    const { requestId, wish } = await signing(3);
    return {
      requestId,
      audit: 'request.approve',
      act: () => get(ReviewService).approve(journey.allocator, WHOLE_PROVINCE, wish),
      traces: async () => [
        (await journey.row(requestId)).state === 'PROVISIONING',
        (await claims(requestId, 'ALLOCATED')) === MACHINES,
        (await rows('select count(*) as n from resource where request_id = ?', requestId)) === MACHINES,
        (await stepsOf(requestId, 'GRANT')) === 1,
      ],
    };
  },
  'a release': async () => {
    const { requestId, resourceId } = await granted();
    const row = await desk.row(resourceId);
    const wish = { ...(await desk.wish(resourceId)), reason: '下线', confirmName: row.name };
    return {
      requestId,
      audit: 'resource.release',
      act: () => get(ResourceLife).release(journey.applicant, journey.scope, wish),
      traces: async () => [
        (await desk.row(resourceId)).state === 'RELEASING',
        (await desk.row(resourceId)).version === row.version + 1,
        (await desk.lifeKinds(resourceId)).includes('RELEASE'),
      ],
    };
  },
};

async function granted(): Promise<{ requestId: string; resourceId: string }> {
  const { requestId } = await signing(3);
  idOf(await journey.approveStep(requestId));
  const [[row] = []] = await app.context.get(ResourcesService, { strict: false }).ofRequests([requestId]);
  return { requestId, resourceId: row?.id ?? '' };
}

async function audits({ requestId, audit }: Press): Promise<number> {
  const schema = auditSchemaOf(app.test.address.database);
  return rows(
    `select count(*) as n from \`${schema}\`.audit_event e where e.action = '${audit}' and (e.object_id = ?
       or e.object_id in (select id from resource where request_id = '${requestId}'))`,
    requestId,
  );
}

describe.each(Object.keys(PRESSES))('%s whose COMMIT goes wrong', (name) => {
  it.each(['STATEMENT', 'ANSWER'] as const)(
    'with the %s lost and the line down: all or nothing, and the key tells which to whoever presses again',
    async (what) => {
      const press = await (PRESSES[name] as () => Promise<Press>)();
      const [live, before] = [await journey.liveOf(poolId), await audits(press)];
      proxy.goDownAt('COMMIT', what);
      await expect(press.act()).rejects.toThrow();
      expect(new Set(await press.traces())).toEqual(new Set([what === 'ANSWER']));
      expect(await reckoning.findings([press.requestId])).toEqual([]);
      proxy.mend();
      const again = await press.act();
      expect(again).toMatchObject({ ok: true });
      expect(await press.act()).toEqual(again);
      expect(new Set(await press.traces())).toEqual(new Set([true]));
      expect((await audits(press)) - before).toBe(1);
      const holds = name === 'an approval that holds' ? MACHINES : 0;
      expect(await journey.liveOf(poolId)).toEqual({ counter: live.counter + holds, claims: live.claims + holds });
      expect(await reckoning.findings([press.requestId])).toEqual([]);
    },
  );

  it('with only the answer lost: who pressed does not even notice', async () => {
    const press = await (PRESSES[name] as () => Promise<Press>)();
    const [lost, before] = [proxy.lost, await audits(press)];
    proxy.loseAnswerTo('COMMIT');
    const answered = await press.act();
    expect(proxy.lost).toBe(lost + 1);
    expect(answered).toMatchObject({ ok: true });
    expect(await press.act()).toEqual(answered);
    expect(new Set(await press.traces())).toEqual(new Set([true]));
    expect((await audits(press)) - before).toBe(1);
  });
});

describe('what a worker saw, whose COMMIT goes wrong', () => {
  it.each(['STATEMENT', 'ANSWER'] as const)(
    'gives back the claim once, however often it is written (%s lost)',
    async (what) => {
      const { requestId, resourceId } = await granted();
      idOf(await desk.release(resourceId));
      const live = await journey.liveOf(poolId);
      proxy.goDownAt('COMMIT', what);
      await expect(worker.observe(resourceId, 'GONE')).rejects.toThrow();
      const given = what === 'ANSWER' ? 1 : 0;
      expect(await journey.liveOf(poolId)).toEqual({ counter: live.counter - given, claims: live.claims - given });
      proxy.mend();
      for (let looks = 0; looks < 2; looks += 1) await worker.observe(resourceId, 'GONE');
      expect(await journey.liveOf(poolId)).toEqual({ counter: live.counter - 1, claims: live.claims - 1 });
      expect(await reckoning.findings([requestId])).toEqual([]);
    },
  );
});
