import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeliveriesService } from '../../../server/src/documents/deliveries.service.js';
import { voidReasons } from '../../../server/src/documents/domain/scan.js';
import { FirstLogins } from '../../../server/src/documents/first-logins.service.js';
import { MachineLogins } from '../../../server/src/documents/machine-logins.service.js';
import { SheetDeadlines } from '../../../server/src/documents/sheet-deadlines.service.js';
import { type Sheet, SheetsService } from '../../../server/src/documents/sheets.service.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { unixPasswordHash } from '../../../server/src/platform/crypto/unix-password.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import { SealsService } from '../../../server/src/seals/seals.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { PaperDesk } from '../../support/paper-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let centerId: string;
const clock = new MovedClock();
const system = { userId: null, name: '集云', departmentId: null, address: null, traceId: 't' };
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  centerId = (await journey.openCenter('hand-over', 1_000)).center.id;
});
afterAll(() => app.close());

const resourcesOf = async (requestId: string) => (await get(ResourcesService).ofRequests([requestId]))[0] ?? [];

/** All machines of a request run, as provisioning records it: the last one delivers the request. */
async function deliver(requestId: string, { logins = true } = {}): Promise<string[]> {
  const resources = await resourcesOf(requestId);
  for (const { id, requestId: of } of resources) {
    if (logins) await get(MachineLogins).loginOf(id, true);
    await get(UnitOfWork).run(async (tx) => {
      await get(ResourcesService).recordObservations(tx, [
        {
          resourceId: id,
          observation: {
            generation: 1,
            phase: 'RUNNING',
            power: 'RUNNING',
            nodeName: 'node-1',
            addresses: ['10.8.0.7'],
            conditions: [],
            statusText: { zh: '运行中', en: 'Running' },
            progressPercent: null,
            actual: { presence: 'UNKNOWN', vcpu: null, memoryMib: null },
            observedAt: tx.now,
          },
        },
      ]);
      await get(FollowUpService).resourceDelivered(tx, of);
    });
  }
  return resources.map((resource) => resource.id);
}

async function granted(count = 1): Promise<string> {
  const id = await journey.submitted(journey.content(centerId, count));
  idOf(await journey.approve(id));
  return id;
}

async function delivered(count = 1, options = {}): Promise<{ id: string; resourceIds: string[] }> {
  const id = await granted(count);
  return { id, resourceIds: await deliver(id, options) };
}

async function sheetOf(id: string): Promise<Sheet> {
  const [sheet] = await get(SheetsService).sheetsOf([await journey.row(id)]);
  if (!sheet) throw new Error('there is no sheet');
  return sheet;
}
const wish = async (id: string) => ({
  requestId: id,
  expectedVersion: (await sheetOf(id)).row.version,
  idempotencyKey: newId(),
});
const reveal = (viewer: Viewer, resourceId: string | undefined, key = newId()) =>
  get(FirstLogins).reveal(viewer, resourceId, key);
const rowOf = async (resourceId: string | undefined) => {
  const [row] = await app.test.db.query('select * from first_login where resource_id = ?', [resourceId]);
  return row as { sealed: Buffer | null; password_hash: string; username: string };
};

describe('a first password', () => {
  it('is read exactly once under 32 presses at the same moment, and fits what the machine was started with', async () => {
    const { resourceIds } = await delivered();
    const [resourceId] = resourceIds;
    const answers = await Promise.all(Array.from({ length: 32 }, () => reveal(journey.applicant, resourceId)));
    const shown = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
    expect(shown).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(codesOf(answer)).toEqual(['ILLEGAL_TRANSITION']);
    const { password_hash: hash, sealed, username } = await rowOf(resourceId);
    const [, , rounds = '', salt = ''] = hash.split('$');
    expect(unixPasswordHash(shown[0]?.password ?? '', salt, Number(rounds.replace('rounds=', '')))).toBe(hash);
    expect([sealed, username]).toEqual([null, shown[0]?.username]);
    expect(shown[0]?.password).toMatch(/^[A-HJ-NP-Za-km-z2-9]{20}$/);
    expect(codesOf(await reveal(journey.applicant, resourceId))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('is answered once to one press, too: the key keeps that it was shown and never what', async () => {
    const { resourceIds } = await delivered();
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 16 }, () => reveal(journey.applicant, resourceIds[0], key)));
    const shown = answers.flatMap((answer) => (answer.ok ? [answer.value.password] : []));
    expect(shown).toHaveLength(1);
    for (const table of [
      'idempotency_key',
      'first_login',
      'change_feed',
      'notice',
      'resource',
      'resource_event',
      'request_step',
    ])
      expect(JSON.stringify(await app.test.db.query(`select * from ${table}`))).not.toContain(shown[0]);
  });

  it('lies sealed until then: no column holds it, and the box opens for its own machine alone', async () => {
    const { resourceIds } = await delivered(2);
    const [one, other] = resourceIds;
    const [mine, theirs] = [await rowOf(one), await rowOf(other)];
    expect(mine.sealed?.length).toBeGreaterThan(60);
    expect(mine.password_hash).not.toBe(theirs.password_hash);
    await app.test.db.query('update first_login set sealed = ? where resource_id = ?', [theirs.sealed, one]);
    await expect(reveal(journey.applicant, one)).rejects.toThrow(/cannot be opened/);
    const shown = await reveal(journey.applicant, other);
    if (!shown.ok) throw new Error(JSON.stringify(shown.error));
    for (const box of [mine.sealed, theirs.sealed]) expect(box?.includes(shown.value.password)).toBe(false);
  });

  it('is for the applicant alone: neither head nor center nor a stranger', async () => {
    const { resourceIds } = await delivered();
    const [id] = resourceIds;
    expect(codesOf(await reveal(journey.head, id))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await reveal(journey.allocator, id))).toEqual(['NOT_PERMITTED']);
    const colleague = viewerWith(['APPLICANT'], journey.department.id);
    expect(codesOf(await reveal(colleague, id))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await reveal(viewerWith(['APPLICANT'], newId()), id))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await reveal(viewerWith(['FACILITY_ENGINEER'], null), id))).toEqual(['UNKNOWN_REFERENCE']);
    expect((await reveal(journey.applicant, id)).ok).toBe(true);
  });

  it('is not there before its machine is delivered, nor for a machine that was started without', async () => {
    const id = await granted();
    const [resource] = await resourcesOf(id);
    await get(MachineLogins).loginOf(resource?.id ?? '', true);
    expect(await reveal(journey.applicant, resource?.id)).toMatchObject({ error: [{ state: 'READY' }] });
    const { resourceIds } = await delivered(1, { logins: false });
    expect(await get(MachineLogins).loginOf(resourceIds[0] ?? '', false)).toBeNull();
    expect(await reveal(journey.applicant, resourceIds[0])).toMatchObject({ error: [{ state: 'NONE' }] });
  });

  it('stays what it is however often and by how many the machine is applied', async () => {
    const id = await granted();
    const [resource] = await resourcesOf(id);
    const logins = await Promise.all(
      Array.from({ length: 8 }, () => get(MachineLogins).loginOf(resource?.id ?? '', true)),
    );
    expect(new Set(logins.map((login) => login?.passwordHash)).size).toBe(1);
  });

  it('waits for its machine: its term begins with the delivery, however long that takes', async () => {
    const id = await granted();
    const [resource] = await resourcesOf(id);
    await get(MachineLogins).loginOf(resource?.id ?? '', true);
    clock.pass(40);
    await get(FirstLogins).destroyExpired(system);
    const [resourceId] = await deliver(id);
    clock.pass(29);
    await get(FirstLogins).destroyExpired(system);
    expect(await reveal(journey.applicant, resourceId)).toMatchObject({ ok: true });
  });

  it('is destroyed when nobody fetches it in its term', async () => {
    const { resourceIds } = await delivered();
    clock.pass(29);
    await get(FirstLogins).destroyExpired(system);
    expect((await rowOf(resourceIds[0])).sealed).not.toBeNull();
    clock.pass(2);
    await get(FirstLogins).destroyExpired(system);
    expect((await rowOf(resourceIds[0])).sealed).toBeNull();
    expect(await reveal(journey.applicant, resourceIds[0])).toMatchObject({ error: [{ state: 'DESTROYED' }] });
  });
});

describe('a delivery sheet', () => {
  it('is opened once, when the last machine runs, with what was delivered', async () => {
    const id = await granted(2);
    expect(await get(SheetsService).sheetsOf([await journey.row(id)])).toEqual([null]);
    await deliver(id);
    const { row, content } = await sheetOf(id);
    const request = await journey.row(id);
    expect(request.state).toBe('DELIVERED');
    expect([row.state, row.code]).toEqual(['AWAITING', request.code.replace('SQ', 'KT')]);
    expect(content.items).toHaveLength(2);
    expect(content.items[0]).toMatchObject({
      addresses: ['10.8.0.7'],
      provisionedBy: '集云自动开通',
      center: 'hand-over',
    });
    await get(UnitOfWork).run((tx) => get(DeliveriesService).delivered(tx, request));
    expect(await app.test.db.query('select id from delivery_sheet where request_id = ?', [id])).toHaveLength(1);
  });

  it('is confirmed by the department, once, and frozen as it was', async () => {
    const { id, resourceIds } = await delivered();
    const pressed = await wish(id);
    expect(codesOf(await get(DeliveriesService).confirm(journey.allocator, pressed))).toEqual(['NOT_PERMITTED']);
    const keys = Array.from({ length: 8 }, () => ({ ...pressed, idempotencyKey: newId() }));
    const answers = await Promise.all(keys.map((one) => get(DeliveriesService).confirm(journey.applicant, one)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const { row, contentHash } = await sheetOf(id);
    expect([row.state, row.confirmedBy, row.byRule, row.dueAt]).toEqual(['CONFIRMED', '张经办', false, null]);
    await app.test.db.query('update resource set addresses = \'["10.9.9.9"]\' where id = ?', [resourceIds[0]]);
    const later = await sheetOf(id);
    expect([later.contentHash, later.content.items[0]?.addresses]).toEqual([contentHash, ['10.8.0.7']]);
    expect((await get(SheetsService).print(journey.applicant, id))?.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('goes back to the center with an objection, is not confirmed meanwhile, and comes back with a full term', async () => {
    const { id, resourceIds } = await delivered(2);
    const object = async (
      objections: { resourceId: string | undefined; reason: string }[],
      viewer = journey.applicant,
    ) => get(DeliveriesService).object(viewer, { ...(await wish(id)), objections });
    expect(await object([])).toMatchObject({ error: [{ path: ['objections'] }] });
    expect(await object([{ resourceId: newId(), reason: '不通' }])).toMatchObject({
      error: [{ code: 'UNKNOWN_REFERENCE' }],
    });
    expect(await object([{ resourceId: resourceIds[0], reason: ' ' }])).toMatchObject({
      error: [{ path: ['objections', '0', 'reason'] }],
    });
    const vendor = viewerWith(['VENDOR_STAFF'], journey.department.id, {
      boundSystems: [{ systemId: journey.system.id, departmentId: journey.department.id }],
    });
    expect(codesOf(await object([{ resourceId: resourceIds[0], reason: '不通' }], vendor))).toEqual(['NOT_PERMITTED']);
    idOf(await object(resourceIds.map((resourceId) => ({ resourceId, reason: '网络不通' }))));
    expect(codesOf(await get(DeliveriesService).confirm(journey.applicant, await wish(id)))).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    clock.pass(30);
    await get(SheetDeadlines).settleDue(system);
    expect((await sheetOf(id)).row.state).toBe('OBJECTED');
    const answer = (viewer: Viewer, objectionId: string | undefined) =>
      get(DeliveriesService).answer(viewer, { objectionId, answer: '已重配安全组', idempotencyKey: newId() });
    const [first, second] = (await sheetOf(id)).objections;
    expect(codesOf(await answer(journey.head, first?.id))).toEqual(['NOT_PERMITTED']);
    idOf(await answer(journey.allocator, first?.id));
    expect((await sheetOf(id)).row.state).toBe('OBJECTED');
    expect(codesOf(await answer(journey.allocator, first?.id))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await answer(journey.allocator, second?.id));
    const { row } = await sheetOf(id);
    expect(row.state).toBe('AWAITING');
    expect(row.dueAt?.getTime()).toBeGreaterThan(clock.now().getTime());
    idOf(await get(DeliveriesService).confirm(journey.head, await wish(id)));
  });

  it('is reminded of, and confirmed by rule after five working days, by the clock', async () => {
    // On to a Monday, so that five working days are seven days.
    while (clock.now().getUTCDay() !== 1) clock.pass(1);
    const { id } = await delivered();
    const noticesOf = async (): Promise<string[]> =>
      (await app.test.db.query('select text_zh from notice where subject_id = ? order by id', [id])).map(
        ({ text_zh }: { text_zh: string }) => text_zh,
      );
    clock.pass(3);
    await get(SheetDeadlines).settleDue(system);
    await get(SheetDeadlines).settleDue(system);
    expect((await noticesOf()).filter((text) => text.includes('即将默认确认'))).toHaveLength(1);
    clock.pass(3);
    await get(SheetDeadlines).settleDue(system);
    expect((await sheetOf(id)).row.state).toBe('AWAITING');
    clock.pass(1);
    await Promise.all(Array.from({ length: 4 }, () => get(SheetDeadlines).settleDue(system)));
    const { row } = await sheetOf(id);
    expect([row.state, row.byRule, row.confirmedBy]).toEqual(['CONFIRMED', true, '集云']);
    expect((await noticesOf()).filter((text) => text.includes('默认确认') && !text.includes('即将'))).toHaveLength(1);
  });
});

describe('a sealed delivery sheet', () => {
  let desk: PaperDesk;
  beforeAll(() => {
    desk = new PaperDesk(app.context);
  });
  const SHEET = 'DELIVERY_SHEET';
  const rename = (resourceId: string | undefined, name: string) =>
    app.test.db.query('update resource set name = ? where id = ?', [name, resourceId]);
  const codeOf = (id: string) => desk.checkCode(id, SHEET);
  const send = (viewer: Viewer, id: string, code: string) => desk.upload(viewer, id, code, undefined, SHEET);
  const waits = async (id: string): Promise<string | undefined> => {
    const filter = { kinds: [SHEET], parties: [], blocking: false, search: null } as const;
    const { rows } = await get(SealsService).page(journey.applicant, filter, { first: 100, after: null });
    return rows.find(({ subjectId }) => subjectId === id)?.standing;
  };

  it('is a version of each content, one however many print it at once, apart from those of the form', async () => {
    const { id, resourceIds } = await delivered();
    await desk.forms.print(journey.applicant, id);
    const files = await Promise.all(Array.from({ length: 16 }, () => desk.sheets.print(journey.applicant, id)));
    for (const file of files) expect(file?.name).toMatch(/^政务云资源开通确认单_KT-\d{4}-\d{6}_第1版\.pdf$/);
    await rename(resourceIds[0], 'renamed');
    await desk.sheets.print(journey.applicant, id);
    const numbers = async (paper?: typeof SHEET) => (await desk.papers(id, paper)).versions.map(({ number }) => number);
    expect([await numbers(SHEET), await numbers()]).toEqual([[1, 2], [1]]);
  });

  it('counts until anything on it is edited, is void then with why, and counts again sealed anew', async () => {
    const { id, resourceIds } = await delivered(2);
    expect(await waits(id)).toBe('NONE');
    await desk.sealSheet(journey.applicant, id);
    expect((await desk.papers(id, SHEET)).standing).toBe('VALID');
    // Nothing of paper is missing any more; the form, of which nothing was sealed, is another paper.
    expect([await waits(id), (await desk.papers(id)).standing]).toEqual([undefined, 'NONE']);
    const [first] = (await sheetOf(id)).content.items;
    await rename(first?.resourceId, 'renamed');
    const { standing, scans, now } = await desk.papers(id, SHEET);
    expect([standing, await waits(id)]).toEqual(['VOID', 'VOID']);
    const [scan] = scans;
    expect(scan && voidReasons(scan.version, now).map(({ zh }) => zh)).toEqual([`“${first?.name}”的“名称”已变更`]);
    await desk.sealSheet(journey.head, id);
    const after = await desk.papers(id, SHEET);
    expect([after.standing, after.scans.length, resourceIds.length]).toEqual(['VALID', 2, 2]);
  });

  it('stays under seal once it is confirmed, whatever becomes of the machine; what was not sealed may still be', async () => {
    const [sealed, late] = [await delivered(), await delivered()];
    await desk.sealSheet(journey.applicant, sealed.id);
    for (const { id, resourceIds } of [sealed, late]) {
      idOf(await get(DeliveriesService).confirm(journey.head, await wish(id)));
      await rename(resourceIds[0], 'renamed');
    }
    expect((await desk.papers(sealed.id, SHEET)).standing).toBe('VALID');
    await desk.sealSheet(journey.applicant, late.id);
    expect((await desk.papers(late.id, SHEET)).standing).toBe('VALID');
  });

  it('is taken by the code of its own newest version alone, and not before everything is delivered', async () => {
    const early = await granted();
    expect(await send(journey.applicant, early, '0000-0000')).toMatchObject({
      ok: false,
      error: [{ code: 'UNKNOWN_REFERENCE', message: { zh: expect.stringContaining('尚未全部开通') } }],
    });
    const { id, resourceIds } = await delivered();
    await desk.forms.print(journey.applicant, id);
    // The code of the form is no code of the sheet.
    expect(await send(journey.applicant, id, await desk.checkCode(id))).toMatchObject({
      error: [{ rule: 'checkCode' }],
    });
    await desk.sheets.print(journey.applicant, id);
    const old = await codeOf(id);
    await rename(resourceIds[0], 'renamed');
    expect(await send(journey.applicant, id, old)).toMatchObject({
      error: [{ rule: 'oldVersion', message: { zh: expect.stringContaining(await codeOf(id)) } }],
    });
    expect((await desk.papers(id, SHEET)).scans).toEqual([]);
  });

  it('is sent by its department or the center, whose seals it bears, by no vendor and no other department', async () => {
    const { id } = await delivered();
    await desk.sheets.print(journey.applicant, id);
    const code = await codeOf(id);
    const vendor = viewerWith(['VENDOR_STAFF'], journey.department.id, {
      boundSystems: [{ systemId: journey.system.id, departmentId: journey.department.id }],
    });
    expect(codesOf(await send(vendor, id, code))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await send(viewerWith(['APPLICANT'], newId()), id, code))).toEqual(['UNKNOWN_REFERENCE']);
    for (const viewer of [journey.applicant, journey.head, journey.allocator]) idOf(await send(viewer, id, code));
    expect((await desk.papers(id, SHEET)).scans).toHaveLength(3);
    // The form bears the department's seal alone.
    await desk.forms.print(journey.applicant, id);
    expect(codesOf(await desk.upload(journey.allocator, id, await desk.checkCode(id)))).toEqual(['NOT_PERMITTED']);
  });
});
