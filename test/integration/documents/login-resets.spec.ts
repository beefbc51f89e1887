import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RESET_SETTLES_MS } from '../../../server/src/documents/domain/login-reset.js';
import { FirstLogins } from '../../../server/src/documents/first-logins.service.js';
import { LoginNotices } from '../../../server/src/documents/login-notices.service.js';
import { LoginResets } from '../../../server/src/documents/login-resets.service.js';
import { MachineLogins } from '../../../server/src/documents/machine-logins.service.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let centerId: string;
const clock = new MovedClock();
const system = { userId: null, name: '集云', departmentId: null, address: null, traceId: 't' };
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const SETTLES_DAYS = RESET_SETTLES_MS / 86_400_000;

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  centerId = (await journey.openCenter('resets', 1_000)).center.id;
});
afterAll(() => app.close());

/** As a cluster tells it: its guest agent answers, and has taken what it was given. */
async function observe(resourceId: string, { agent = true, taken = true } = {}): Promise<void> {
  const [row] = await app.test.db.query('select generation, request_id from resource where id = ?', [resourceId]);
  const since = clock.now().toISOString();
  const condition = (type: string, on: boolean) => ({
    ...{ type, status: on ? 'True' : 'False', reason: null, message: null, since },
  });
  await get(UnitOfWork).run(async (tx) => {
    await get(ResourcesService).recordObservations(tx, [
      {
        resourceId,
        observation: {
          ...{ generation: row.generation, phase: 'RUNNING', power: 'RUNNING', nodeName: 'node-1' },
          ...{ addresses: ['10.8.0.7'], statusText: { zh: '运行中', en: 'Running' }, progressPercent: null },
          conditions: [
            condition('AgentConnected', agent),
            ...(taken ? [condition('AccessCredentialsSynchronized', true)] : []),
          ],
          actual: { presence: 'UNKNOWN', vcpu: null, memoryMib: null },
          observedAt: tx.now,
        },
      },
    ]);
    await get(FollowUpService).resourceDelivered(tx, row.request_id);
  });
}

/** A machine in use whose first password was handed over, and lost. */
async function lost(): Promise<string> {
  const id = await journey.submitted(journey.content(centerId, 1));
  idOf(await journey.approve(id));
  const [machine] = (await get(ResourcesService).ofRequests([id]))[0] ?? [];
  const resourceId = machine?.id ?? '';
  await get(MachineLogins).loginOf(resourceId, true);
  await observe(resourceId);
  expect((await reveal(journey.applicant, resourceId)).ok).toBe(true);
  return resourceId;
}

const reveal = (viewer: Viewer, resourceId: string, key = newId()) => get(FirstLogins).reveal(viewer, resourceId, key);
const ask = (viewer: Viewer, resourceId: string, reason = '交接遗失') =>
  get(LoginResets).ask(viewer, { resourceId, reason, idempotencyKey: newId() });
const generationOf = async (id: string): Promise<number> =>
  (await app.test.db.query('select generation from resource where id = ?', [id]))[0].generation;
/** What provisioning does: looks, applies, says that it has. */
async function apply(resourceId: string): Promise<string | null> {
  const login = await get(MachineLogins).loginOf(resourceId, false);
  if (login?.access?.resetId) await get(MachineLogins).applied(resourceId, login.access.resetId);
  return login?.access?.password ?? null;
}
const stage = async (id: string) => get(LoginResets).stage((await get(LoginResets).statesOf([id]))[0] as never)?.stage;

describe('a password that was lost', () => {
  it('is set anew: drawn, brought to the guest, handed over once under 16 presses, and nowhere after that', async () => {
    const id = await lost();
    const before = await generationOf(id);
    expect(await apply(id)).toBeNull();
    expect((await ask(journey.applicant, id)).ok).toBe(true);
    expect(await generationOf(id)).toBe(before + 1);
    expect(await stage(id)).toBe('SENDING');
    expect(codesOf(await reveal(journey.applicant, id))).toEqual(['ILLEGAL_TRANSITION']);
    const given = await apply(id);
    expect(given).toMatch(/^[A-HJ-NP-Za-km-z2-9]{20}$/);
    await observe(id, { agent: false });
    expect(await stage(id)).toBe('NO_AGENT');
    await observe(id);
    expect(await stage(id)).toBe('SETTING');
    expect(await reveal(journey.applicant, id)).toMatchObject({ error: [{ state: 'SETTING' }] });
    clock.pass(SETTLES_DAYS);
    expect(await stage(id)).toBe('SET');
    const answers = await Promise.all(Array.from({ length: 16 }, () => reveal(journey.applicant, id)));
    const shown = answers.flatMap((answer) => (answer.ok ? [answer.value.password] : []));
    expect(shown).toEqual([given]);
    for (const answer of answers) if (!answer.ok) expect(codesOf(answer)).toEqual(['ILLEGAL_TRANSITION']);
    expect(await generationOf(id)).toBe(before + 2);
    expect(await apply(id)).toBeNull();
    for (const table of ['idempotency_key', 'login_reset', 'first_login', 'change_feed', 'resource', 'resource_event'])
      expect(JSON.stringify(await app.test.db.query(`select * from ${table}`))).not.toContain(given);
    const audit = `${auditSchemaOf(app.test.owner.database)}.audit_event`;
    const acts = await app.test.db.query(`select * from ${audit} where object_id = ?`, [id]);
    expect(JSON.stringify(acts)).toContain('交接遗失');
    expect(JSON.stringify(acts)).not.toContain(given);
  });

  it('is reset once at a time: of 8 who press at the same moment one is heard, and after its end another may be asked', async () => {
    const id = await lost();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(journey.applicant, id)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer).toMatchObject({ error: [{ state: 'RESETTING' }] });
    await apply(id);
    await observe(id);
    clock.pass(SETTLES_DAYS);
    const first = await reveal(journey.applicant, id);
    expect((await ask(journey.applicant, id)).ok).toBe(true);
    await apply(id);
    clock.pass(SETTLES_DAYS);
    const second = await reveal(journey.applicant, id);
    expect([first.ok, second.ok]).toEqual([true, true]);
    expect(JSON.stringify(first)).not.toBe(JSON.stringify(second));
  });

  it('is an applicant’s of its department to ask for, with a reason, and not before the first one was fetched', async () => {
    const id = await lost();
    expect(codesOf(await ask(journey.head, id))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await ask(journey.allocator, id))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await ask(viewerWith(['VENDOR_STAFF'], journey.department.id), id))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await ask(viewerWith(['APPLICANT'], newId()), id))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await ask(journey.applicant, id, ' '))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await ask(journey.applicant, id, 'x'.repeat(501)))).toEqual(['INVALID_INPUT']);
    const request = await journey.submitted(journey.content(centerId, 1));
    idOf(await journey.approve(request));
    const [machine] = (await get(ResourcesService).ofRequests([request]))[0] ?? [];
    await get(MachineLogins).loginOf(machine?.id ?? '', true);
    await observe(machine?.id ?? '');
    expect(await ask(journey.applicant, machine?.id ?? '')).toMatchObject({ error: [{ state: 'READY' }] });
  });

  it('is destroyed when nobody fetches it in its term, from the cluster too', async () => {
    const id = await lost();
    await ask(journey.applicant, id);
    expect(await apply(id)).not.toBeNull();
    await observe(id);
    clock.pass(29);
    await get(LoginResets).destroyExpired(system);
    expect(await stage(id)).toBe('SET');
    const before = await generationOf(id);
    clock.pass(2);
    await get(LoginResets).destroyExpired(system);
    expect([await stage(id), await apply(id), await generationOf(id)]).toEqual(['OVER', null, before + 1]);
    expect(codesOf(await reveal(journey.applicant, id))).toEqual(['ILLEGAL_TRANSITION']);
    expect((await ask(journey.applicant, id)).ok).toBe(true);
  });

  it('is set anew for a colleague too, handed to him alone, and he hears once when it holds', async () => {
    const colleague = viewerWith(['APPLICANT'], journey.department.id);
    const id = await lost();
    const told = async (): Promise<number> =>
      (
        await app.test.db.query("select id from notice where text_zh like '%新口令已生效%' and audience like ?", [
          `%${colleague.userId}%`,
        ])
      ).length;
    // The first one's wish waits for somebody who has gone: the colleague's takes its place.
    expect((await ask(journey.applicant, id)).ok).toBe(true);
    const old = await apply(id);
    expect((await ask(colleague, id)).ok).toBe(true);
    const given = await apply(id);
    expect(given).not.toBe(old);
    await observe(id);
    await Promise.all([get(LoginNotices).tellReady(), get(LoginNotices).tellReady()]);
    expect(await told()).toBe(0);
    clock.pass(SETTLES_DAYS);
    await Promise.all([get(LoginNotices).tellReady(), get(LoginNotices).tellReady()]);
    await get(LoginNotices).tellReady();
    expect(await told()).toBe(1);
    expect(await reveal(journey.applicant, id)).toMatchObject({ error: [{ reason: 'ASKER_ONLY' }] });
    expect(await reveal(colleague, id)).toMatchObject({ ok: true, value: { password: given } });
  });
});
