import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import type { GrantedLine } from '../../../server/src/requests/fulfilment.types.js';
import { GivingBackLines } from '../../../server/src/requests/giving-back-lines.service.js';
import type { EndedService } from '../../../server/src/requests/service-endings.types.js';
import { Backups } from '../../../server/src/workorders/backups.service.js';
import { GivenBackWork } from '../../../server/src/workorders/given-back-work.service.js';
import { GrantedWork } from '../../../server/src/workorders/granted-work.service.js';
import { NetworkPolicies } from '../../../server/src/workorders/network-policies.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';
import { LifeDesk, SYSTEM } from '../../support/life-desk.ts';
import { codesOf, idOf, type RequestJourney } from '../../support/request-journey.ts';
import { WorkDesk } from '../../support/work-desk.ts';

let app: TestApplication;
let kinds: KindsDesk;
let journey: RequestJourney;
let work: WorkDesk;

beforeAll(async () => {
  app = await openTestApplication();
  kinds = await KindsDesk.open(app);
  ({ journey } = kinds);
  work = await new WorkDesk(app).open();
  const site = await kinds.openSite('ACTIVE_A', { vcpu: 100 });
  // Its system has machines, so that there is a place to open a policy.
  await new LifeDesk(app, journey).granted(site.center.id);
});
afterAll(() => app.close());
afterEach(() => void jest.restoreAllMocks());

/** A service of two that people have set up. */
async function running(): Promise<{ requestId: string; lineId: string }> {
  const requestId = await journey.submitted(kinds.content([kinds.line('SERVICE', { count: 2 })]));
  idOf(await journey.approve(requestId));
  const lineId = (await journey.requests.linesOf([requestId]))[0]?.[0]?.id ?? '';
  await work.carryOutMade((await work.orderFor('line_id', lineId)).id);
  return { requestId, lineId };
}

async function giveBack(requestId: string, lineId: string, version?: number) {
  const expectedVersion = version ?? (await journey.row(requestId)).version;
  const wish = { lineId, expectedVersion, reason: '业务下线', idempotencyKey: newId() };
  return work.get(GivingBackLines).giveBack(journey.applicant, journey.scope, wish);
}

const endsOf = (lineId: string) =>
  work.rooms.sql<{ id: string; code: string; kind: string; state: string; title: string; instructions: string }>(
    'select id, code, kind, state, title, instructions from work_order where ended_line_id = ?',
    [lineId],
  );

describe('a service that is given back', () => {
  it('leaves one order to take down what it became, which the center closes and which moves nothing more', async () => {
    const { requestId, lineId } = await running();
    const setUp = await work.orderFor('line_id', lineId);
    const desk = new ChangeDesk(app, journey);
    const change = await desk.granted(desk.content([], { service: { lineId, count: 5, answers: null } }));
    const changed = (await journey.requests.linesOf([change]))[0]?.[0]?.id ?? '';
    await work.carryOutMade((await work.orderFor('line_id', changed)).id);
    idOf(await giveBack(requestId, lineId));
    const { code: requestCode } = await journey.row(requestId);
    const [order, ...more] = await endsOf(lineId);
    expect([order?.kind, order?.state, more]).toEqual(['SERVICE_END', 'SUBMITTED', []]);
    expect(order?.title).toContain(requestCode);
    for (const words of ['× 5 已退还', '业务下线', setUp.code, '域名：www.example.gov.cn'])
      expect(order?.instructions).toContain(words);
    const id = order?.id ?? '';
    for (const person of [work.engineer, journey.applicant])
      expect(codesOf(await work.move(id, 'CANCEL', person))).toEqual(['ILLEGAL_TRANSITION']);
    const told = await work.rooms.sql<{ text_zh: string }>('select text_zh from notice where subject_id = ?', [id]);
    expect(told.map(({ text_zh }) => text_zh)).toEqual([expect.stringContaining('待派单')]);
    const before = await kinds.books();
    await work.carryOutMade(id);
    expect([(await work.row(id)).state, await kinds.books()]).toEqual(['CONFIRMED', before]);
    expect((await journey.row(requestId)).state).toBe('CLOSED');
  });

  it('leaves it once of many who press, by its rule too, and none where it is refused', async () => {
    const { requestId, lineId } = await running();
    const { version } = await journey.row(requestId);
    expect(codesOf(await giveBack(requestId, lineId, version + 1))).toEqual(['VERSION_CONFLICT']);
    expect(await endsOf(lineId)).toEqual([]);
    const pressed = await byClients(8, [1, 2, 3, 4, 5, 6, 7, 8], () => giveBack(requestId, lineId, version));
    expect(pressed.filter((one) => one.ok)).toHaveLength(1);
    expect(await endsOf(lineId)).toHaveLength(1);
    const other = await running();
    const byRule = () => work.get(GivingBackLines).giveBackByRule(SYSTEM, other.lineId, '到期', async () => true);
    const rounds = await byClients(2, [1, 2], byRule);
    expect(rounds.filter((one) => one.ok)).toHaveLength(1);
    expect((await endsOf(other.lineId)).map(({ kind }) => kind)).toEqual(['SERVICE_END']);
  });

  it('stays in use, with all that it has taken, where its order cannot be written', async () => {
    const { requestId, lineId } = await running();
    const before = await kinds.books();
    jest.spyOn(work.get(GivenBackWork), 'ended').mockRejectedValueOnce(new Error('the disk is full'));
    await expect(giveBack(requestId, lineId)).rejects.toThrow('the disk is full');
    expect([await kinds.books(), await endsOf(lineId)]).toEqual([before, []]);
    idOf(await giveBack(requestId, lineId));
    expect(await endsOf(lineId)).toHaveLength(1);
  });
});

/** As a granted request would have left it. */
async function granted(lineName: string, answers: Record<string, string>): Promise<EndedService> {
  const line: GrantedLine = {
    ...{ requestId: newId(), requestCode: 'SQ-2026-000077', projectId: newId(), lineId: newId(), lineName },
    ...{ departmentId: journey.department.id, systemId: journey.system.id, kind: 'SERVICE', nature: 'NEW' },
    ...{ offerId: newId(), definitionId: null, count: 1, centerId: null, details: [], subjectIds: [] },
    answers: Object.entries(answers).map(([key, value]) => ({ key, value })),
  };
  await work.get(UnitOfWork).run((tx) => work.get(GrantedWork).granted(tx, [line]));
  return { ...line, reason: '业务下线' };
}
const ended = (service: EndedService) =>
  work.get(UnitOfWork).run((tx) => work.get(GivenBackWork).ended(tx, service, journey.applicant));

describe('what a service had made is ended with it', () => {
  it('a network policy by its own way: its clusters drop it, and no order beside', async () => {
    const asked = { direction: 'ingress', peer: '10.1.0.0/16', protocol: 'tcp', ports: '443', reason: '业务互访' };
    const service = await granted('网络策略', asked);
    const [{ id }] = (await work.rooms.sql<{ id: string }>('select id from network_policy where line_id = ?', [
      service.lineId,
    ])) as [{ id: string }];
    const policies = work.get(NetworkPolicies);
    expect((await policies.inScope(WHOLE_PROVINCE, id))?.state).toBe('ACTIVE');
    await ended(service);
    await ended(service);
    expect(await policies.inScope(WHOLE_PROVINCE, id)).toMatchObject({ state: 'ENDING', version: 2 });
    expect((await policies.sitesOf([id]))[0]?.map(({ phase }) => phase)).toEqual(['REMOVING']);
    expect(await endsOf(service.lineId)).toEqual([]);
  });

  it('a backup, whose job people remove and whose copies are kept as long as was said', async () => {
    const service = await granted('业务库备份', { object: 'database', cycle: 'daily', keepDays: '30', remote: 'no' });
    const setUp = await work.orderFor('line_id', service.lineId);
    const [{ id }] = (await work.rooms.sql<{ id: string }>('select id from backup where line_id = ?', [
      service.lineId,
    ])) as [{ id: string }];
    await ended(service);
    await ended(service);
    const backup = await work.get(Backups).inScope(WHOLE_PROVINCE, id);
    expect(backup).toMatchObject({ state: 'ENDED', reason: '业务下线', deadlineAt: null, nextRestoreTestOn: null });
    expect((await work.row(setUp.id)).state).toBe('CANCELLED');
    const [order, ...more] = await endsOf(service.lineId);
    expect([order?.kind, more]).toEqual(['SERVICE_END', []]);
    expect(order?.instructions).toContain(`备份 ${backup?.code} 已终止：停止任务，已有副本保留 30 天后清除`);
  });
});
