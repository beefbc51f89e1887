import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FreezeGate } from '../../../server/src/freezes/freeze-gate.service.js';
import { Freezes } from '../../../server/src/freezes/freezes.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ResourceLife } from '../../../server/src/resources/resource-life.service.js';
import { ResourcePower } from '../../../server/src/resources/resource-power.service.js';
import type { ResourceRow } from '../../../server/src/resources/resources.types.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

const MINUTE = 60_000;
let now = Math.ceil(Date.now() / MINUTE) * MINUTE;
const clock = { now: () => new Date(now) };
const operator = viewerWith(['DR_OPERATOR'], null);
const leader = viewerWith(['LEADER'], null, { name: '徐领导' });
const duty = viewerWith(['DUTY_ENGINEER'], null);

let app: TestApplication;
let desk: KindsDesk;
let life: LifeDesk;
let [a, b]: Site[] = [];
let machine: ResourceRow;
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });

beforeAll(async () => {
  app = await openTestApplication(clock);
  desk = await KindsDesk.open(app);
  life = new LifeDesk(app, desk.journey);
  a = await desk.openSite('ACTIVE_A', {});
  b = await desk.openSite('ACTIVE_B', {});
  const id = await desk.journey.submitted(
    desk.content([desk.line('VM', { localMode: 'SINGLE', remoteMode: 'NONE', count: 1 })]),
  );
  idOf(await desk.journey.approve(id));
  machine = (await life.resources.ofRequests([id]))[0]?.[0] as ResourceRow;
}, 120_000);
afterAll(() => app.close());

const set = async (of: { centerIds?: string[]; hours?: number } = {}): Promise<string> => {
  const wish = { title: '两会重保', reason: '省办通知', centerIds: of.centerIds ?? [], idempotencyKey: newId() };
  const done = await get(Freezes).set(operator, {
    ...{ ...wish, fromAt: new Date(now), toAt: new Date(now + (of.hours ?? 10) * 60 * MINUTE) },
  });
  return idOf(done);
};
const end = async (freezeId: string) => {
  const [row] = await get(Freezes).byIds([freezeId]);
  expect(
    codesOf(
      await get(Freezes).end(leader, true, { freezeId, expectedVersion: row?.version ?? 0, idempotencyKey: newId() }),
    ),
  ).toEqual([]);
};
const stop = () =>
  get(ResourcePower).operate(duty, WHOLE_PROVINCE, {
    ...{ resourceId: machine.id, expectedVersion: -1, action: 'STOP', reason: '例行检查', idempotencyKey: newId() },
  });
const release = (freezeId: string, subject: { type: 'System' | 'Request' | 'Resource'; id: string }, hours = 2) =>
  get(Freezes).release(leader, {
    ...{ freezeId, subject, subjectName: 'x', reason: '紧急补丁', until: new Date(now + hours * 60 * MINUTE) },
    idempotencyKey: newId(),
  });

describe('a freeze', () => {
  it('keeps a machine from being switched and released, says until when, and writes nothing; looking stays free', async () => {
    const freezeId = await set();
    const refused = await stop();
    expect(refused).toMatchObject({
      ok: false,
      error: [{ code: 'CHANGE_FROZEN', freezeId, freezeCode: expect.stringMatching(/^FW-/) }],
    });
    const given = await get(ResourceLife).release(duty, WHOLE_PROVINCE, {
      ...{ resourceId: machine.id, expectedVersion: machine.version, reason: '不再使用', confirmName: machine.name },
      idempotencyKey: newId(),
    });
    expect(codesOf(given)).toEqual(['CHANGE_FROZEN']);
    const shown = await get(ResourcePower).showConsole(duty, WHOLE_PROVINCE, {
      ...{ resourceId: machine.id, reason: '查看', idempotencyKey: newId() },
    });
    expect(codesOf(shown)).not.toContain('CHANGE_FROZEN');
    // What does not serve may be helped: a machine that is off, and one that somebody has thrown away.
    const help = { resourceId: machine.id, expectedVersion: -1, idempotencyKey: newId() };
    const started = await get(ResourcePower).operate(duty, WHOLE_PROVINCE, {
      ...{ ...help, action: 'START', reason: '恢复服务' },
    });
    expect(codesOf(started)).not.toContain('CHANGE_FROZEN');
    const restored = await get(ResourceLife).restore(duty, WHOLE_PROVINCE, { ...help, idempotencyKey: newId() });
    expect(codesOf(restored)).not.toContain('CHANGE_FROZEN');
    await end(freezeId);
    expect(codesOf(await stop())).not.toContain('CHANGE_FROZEN');
  });

  it('is of its centers only, and over at its end', async () => {
    const other = a?.center.id === machine.centerId ? b : a;
    const freezeId = await set({ centerIds: [other?.center.id ?? ''] });
    expect(codesOf(await stop())).not.toContain('CHANGE_FROZEN');
    await end(freezeId);
    await set({ centerIds: [machine.centerId ?? ''], hours: 1 });
    expect(codesOf(await stop())).toEqual(['CHANGE_FROZEN']);
    now += 61 * MINUTE;
    expect(codesOf(await stop())).not.toContain('CHANGE_FROZEN');
  });

  it('lets through what a leader names, for as long as he says', async () => {
    const freezeId = await set();
    expect(codesOf(await release(freezeId, { type: 'System', id: machine.systemId }, 30))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await release(freezeId, { type: 'System', id: newId() }))).toEqual([]);
    expect(codesOf(await stop())).toEqual(['CHANGE_FROZEN']);
    expect(codesOf(await release(freezeId, { type: 'System', id: machine.systemId }))).toEqual([]);
    expect(codesOf(await stop())).not.toContain('CHANGE_FROZEN');
    now += 121 * MINUTE;
    expect(codesOf(await stop())).toEqual(['CHANGE_FROZEN']);
    const [given] = await get(Freezes).releases([freezeId]);
    expect(given).toMatchObject([{ givenBy: '徐领导', reason: '紧急补丁' }, { givenBy: '徐领导' }]);
    await end(freezeId);
    expect(codesOf(await release(freezeId, { type: 'System', id: machine.systemId }))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('keeps the last signature from building anything; the signature is not kept either, and may be given afterwards', async () => {
    const id = await desk.journey.submitted(
      desk.content([desk.line('VM', { localMode: 'SINGLE', remoteMode: 'NONE', count: 1 })]),
    );
    const freezeId = await set();
    expect(codesOf(await desk.journey.approve(id))).toEqual(['CHANGE_FROZEN']);
    expect((await life.resources.ofRequests([id]))[0]).toEqual([]);
    expect(codesOf(await release(freezeId, { type: 'Request', id }))).toEqual([]);
    idOf(await desk.journey.approve(id));
    expect((await life.resources.ofRequests([id]))[0]).toHaveLength(1);
    await end(freezeId);
  });

  it('is ended by a leader once it runs; before that by whoever set it', async () => {
    const freezeId = await set();
    const [row] = await get(Freezes).byIds([freezeId]);
    const wish = { freezeId, expectedVersion: row?.version ?? 0 };
    expect(await get(Freezes).end(operator, false, { ...wish, idempotencyKey: newId() })).toMatchObject({
      ...{ ok: false, error: [{ code: 'NOT_PERMITTED', reason: 'ONLY_LEADER' }] },
    });
    expect(codesOf(await stop())).toEqual(['CHANGE_FROZEN']);
    expect(codesOf(await get(Freezes).end(leader, true, { ...wish, idempotencyKey: newId() }))).toEqual([]);
    const later = await get(Freezes).set(operator, {
      ...{ title: '元旦', reason: '省办通知', centerIds: [], idempotencyKey: newId() },
      ...{ fromAt: new Date(now + 60 * MINUTE), toAt: new Date(now + 120 * MINUTE) },
    });
    const ahead = { freezeId: idOf(later), expectedVersion: 1, idempotencyKey: newId() };
    expect(codesOf(await get(Freezes).end(operator, false, ahead))).toEqual([]);
  });

  it('forbids a change of machines in its own centers only', async () => {
    const changes = new ChangeDesk(app, desk.journey);
    await life.observe(machine.id, 'RUNNING');
    const id = await changes.submitted(changes.content([machine.id], { diskGib: 400 }));
    const [here, there] = [machine.centerId ?? '', (a?.center.id === machine.centerId ? b : a)?.center.id ?? ''];
    const own = await set({ centerIds: [here] });
    const signed = await desk.journey.approve(id);
    expect(codesOf(signed)).toEqual(['CHANGE_FROZEN']);
    await end(own);
    const other = await set({ centerIds: [there] });
    expect(codesOf(await desk.journey.approve(id))).toEqual([]);
    await end(other);
  });

  it('deletes nothing that lies in the bin until it is over, and says until when', async () => {
    const id = await desk.journey.submitted(
      desk.content([desk.line('VM', { localMode: 'SINGLE', remoteMode: 'NONE', count: 1 })]),
    );
    idOf(await desk.journey.approve(id));
    const [thrown] = (await life.resources.ofRequests([id]))[0] ?? [];
    await app.test.db.query("update resource set state = 'IN_BIN', bin_cause = 'RELEASE', bin_until = ? where id = ?", [
      new Date(now + MINUTE),
      thrown?.id,
    ]);
    const freezeId = await set({ hours: 2 });
    now += 2 * MINUTE;
    const sweep = { userId: null, name: '集云', departmentId: null, address: null, traceId: 'sweep' };
    const inBin = async () => {
      const [row] = await life.resources.rows([thrown?.id ?? '']);
      return { state: row?.state, until: row?.binUntil?.getTime() };
    };
    await get(ResourceLife).emptyBin(sweep);
    const [freeze] = await get(Freezes).byIds([freezeId]);
    expect(await inBin()).toEqual({ state: 'IN_BIN', until: freeze?.toAt.getTime() });
    now += 121 * MINUTE;
    await get(ResourceLife).emptyBin(sweep);
    expect(await inBin()).toEqual({ state: 'RELEASING', until: undefined });
  });

  it('asks nothing of the database but one look while there is none', async () => {
    const refused = await get(UnitOfWork).run((tx) => get(FreezeGate).refused(tx, { centerIds: null, subjects: [] }));
    expect(refused).toEqual([]);
  });
});
