import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noOfdReader, PortNotConfigured } from '../../../server/src/documents/domain/ports.js';
import { voidReasons } from '../../../server/src/documents/domain/scan.js';
import { FilesService } from '../../../server/src/files/files.service.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { LineContent, RequestContent } from '../../../server/src/requests/domain/content.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { ACCEPTANCE, ChainDesk, MovedClock, oneChain, SIGN_OFF, step } from '../../support/chain-desk.ts';
import { PaperDesk } from '../../support/paper-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';
import { zipOf } from '../../support/zip.ts';

let app: TestApplication;
let journey: RequestJourney;
let desk: PaperDesk;
let chains: ChainDesk;
let centerId: string;
let head: Viewer;
let acceptance: Viewer;

beforeAll(async () => {
  app = await openTestApplication(new MovedClock());
  journey = await RequestJourney.begin(app);
  desk = new PaperDesk(app.context);
  chains = new ChainDesk(app, journey);
  centerId = (await journey.openCenter('papers', 1_000)).center.id;
  [head, acceptance] = [await chains.person('DEPARTMENT_HEAD'), await chains.person('CENTER_ACCEPTANCE')];
});
afterAll(() => app.close());

const edit = async (id: string, purpose: string) => {
  const { version } = await journey.row(id);
  const wish = { requestId: id, expectedVersion: version, idempotencyKey: newId() };
  idOf(
    await journey.requests.updateDraft(
      journey.applicant,
      journey.scope,
      journey.content(centerId, 1, { purpose }),
      wish,
    ),
  );
};
interface Change {
  readonly temporaryUntil?: string;
  readonly relations?: 'APART';
  readonly diskGib?: number;
  readonly remoteMode?: 'NONE' | 'DATA';
  readonly count?: number;
}

/** web and db; what is changed is web's, or the request's. */
function twoLines({ temporaryUntil, relations, diskGib = 20, remoteMode = 'NONE', count = 1 }: Change): RequestContent {
  const { lines, ...content } = journey.content(centerId);
  const [line] = lines as [LineContent];
  const vm = { ...(line.vm as NonNullable<LineContent['vm']>), diskGib };
  const apart = relations ? [{ kind: relations, line: 'db', scope: 'POOL' as const }] : [];
  return {
    ...content,
    temporaryUntil: temporaryUntil ?? null,
    lines: [
      { ...line, vm, remoteMode, count, relations: apart },
      { ...line, name: 'db' },
    ],
  };
}

const auditOf = (id: string): Promise<{ action: string }[]> =>
  app.test.db.query(
    `select action from ${auditSchemaOf(app.test.owner.database)}.audit_event where object_id = ? order by id`,
    [id],
  );

describe('printing', () => {
  it('makes a version of each content, one however many print it at once, and an audit row of each print', async () => {
    const id = await journey.draft(journey.content(centerId));
    const files = await Promise.all(Array.from({ length: 16 }, () => desk.forms.print(journey.applicant, id)));
    for (const file of files) expect(file?.name).toMatch(/^政务云资源需求申请表_SQ-\d{4}-\d{6}_第1版\.pdf$/);
    expect((await desk.papers(id)).versions.map(({ number }) => number)).toEqual([1]);
    await edit(id, '另一个用途');
    await Promise.all(Array.from({ length: 8 }, () => desk.forms.print(journey.applicant, id)));
    await edit(id, '业务扩容');
    const again = await desk.forms.print(journey.applicant, id);
    expect((await desk.papers(id)).versions.map(({ number }) => number)).toEqual([1, 2]);
    // The first content once more is the first version once more.
    expect(again?.name).toContain('第1版');
    expect((await auditOf(id)).filter((row) => row.action === 'document.printForm')).toHaveLength(25);
  });

  it('prints nothing for another department', async () => {
    const id = await journey.draft(journey.content(centerId));
    expect(await desk.forms.print(viewerWith(['APPLICANT'], newId()), id)).toBeNull();
    expect(await desk.forms.print(viewerWith(['AUDIT_ADMINISTRATOR'], null), id)).toBeNull();
    expect((await desk.papers(id)).versions).toEqual([]);
  });
});

describe('a sealed scan', () => {
  it('counts until anything is edited, is void then with why, and stays', async () => {
    const id = await journey.draft(journey.content(centerId));
    const scanId = await desk.seal(journey.applicant, id);
    expect((await desk.papers(id)).standing).toBe('VALID');
    await edit(id, '改了用途');
    const papers = await desk.papers(id);
    expect(papers.standing).toBe('VOID');
    const [scan] = papers.scans;
    if (!scan) throw new Error('the scan is gone');
    expect(scan.id).toBe(scanId);
    expect(voidReasons(scan.version, papers.now).map((reason) => reason.zh)).toEqual(['“用途说明”已变更']);
    expect(await app.context.get(FilesService, { strict: false }).filesOf('SealedScan', [scanId])).toMatchObject([
      [{ name: 'scan.pdf' }],
    ]);
    await desk.seal(head, id);
    const after = await desk.papers(id);
    expect([after.standing, after.scans.length]).toEqual(['VALID', 2]);
  });

  it.each([
    ['the term', { temporaryUntil: '2027-06-30' }, ['明细“web”的“使用期限”已变更', '明细“db”的“使用期限”已变更']],
    ['what a line says of another', { relations: 'APART' }, ['明细“web”的“配置”已变更']],
    ['the disk', { diskGib: 40 }, ['明细“web”的“配置”已变更']],
    ['the DR mode', { remoteMode: 'DATA' }, ['明细“web”的“部署位置”已变更']],
    ['the count', { count: 2 }, ['明细“web”的“数量”已变更']],
  ] as const)('is void when %s is edited', async (_what, change: Change, reasons) => {
    const id = await journey.draft(twoLines({}));
    await desk.seal(journey.applicant, id);
    const wish = { requestId: id, expectedVersion: 1, idempotencyKey: newId() };
    idOf(await journey.requests.updateDraft(journey.applicant, journey.scope, twoLines(change), wish));
    const { standing, scans, now } = await desk.papers(id);
    expect(standing).toBe('VOID');
    const told = voidReasons((scans[0] as (typeof scans)[number]).version, now).map((reason) => reason.zh);
    expect(told).toEqual(expect.arrayContaining([...reasons]));
  });

  it('is void as well when what the paper says of the system is no longer so', async () => {
    const id = await journey.draft(journey.content(centerId));
    await desk.seal(journey.applicant, id);
    await app.test.db.query('update government_system set protection_level = 3 where id = ?', [journey.system.id]);
    const { standing, scans, now } = await desk.papers(id);
    expect(standing).toBe('VOID');
    expect(voidReasons((scans[0] as (typeof scans)[number]).version, now).map((reason) => reason.en)).toEqual([
      '“protection level” has changed',
    ]);
    await app.test.db.query('update government_system set protection_level = ? where id = ?', [
      journey.system.protectionLevel,
      journey.system.id,
    ]);
  });

  it('is refused with a code of no version, of an old version, and before anything was printed', async () => {
    const id = await journey.draft(journey.content(centerId));
    const early = await desk.upload(journey.applicant, id, await desk.checkCode(id));
    expect(early).toMatchObject({ ok: false, error: [{ path: ['checkCode'], rule: 'checkCode' }] });
    await desk.forms.print(journey.applicant, id);
    const old = await desk.checkCode(id);
    await edit(id, '改了用途');
    expect(await desk.upload(journey.applicant, id, old)).toMatchObject({
      ok: false,
      error: [{ path: ['checkCode'], rule: 'oldVersion', message: { zh: expect.stringContaining('第 1 版') } }],
    });
    expect((await desk.papers(id)).scans).toEqual([]);
  });

  it('is a PDF or picture by its bytes; OFD waits for its reader, which says so', async () => {
    const id = await journey.draft(journey.content(centerId));
    await desk.forms.print(journey.applicant, id);
    const code = await desk.checkCode(id);
    const csv = await desk.file(journey.applicant, 'scan.csv', Buffer.from('a,b\n'));
    expect(await desk.upload(journey.applicant, id, code, csv)).toMatchObject({ error: [{ rule: 'type' }] });
    const ofd = await desk.file(journey.applicant, 'scan.ofd', zipOf([{ name: 'OFD.xml', content: '<OFD/>' }]));
    expect(await desk.upload(journey.applicant, id, code, ofd)).toMatchObject({ error: [{ rule: 'ofd' }] });
    expect(noOfdReader.state.configured).toBe(false);
    await expect(noOfdReader.pages(new Uint8Array())).rejects.toThrow(PortNotConfigured);
    const png = await desk.file(head, 'scan.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    expect(await desk.upload(head, id, code, png)).toMatchObject({ ok: true });
    const theirs = await desk.file(head);
    expect(codesOf(await desk.upload(journey.applicant, id, code, theirs))).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('is sent by the department alone, once a press, while the request lives', async () => {
    const id = await journey.draft(journey.content(centerId));
    await desk.forms.print(journey.applicant, id);
    const code = await desk.checkCode(id);
    expect(codesOf(await desk.upload(acceptance, id, code))).toEqual(['NOT_PERMITTED']);
    const vendor = viewerWith(['VENDOR_STAFF'], journey.department.id, {
      boundSystems: [{ systemId: journey.system.id, departmentId: journey.department.id }],
    });
    expect(codesOf(await desk.upload(vendor, id, code))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await desk.upload(viewerWith(['APPLICANT'], newId()), id, code))).toEqual(['UNKNOWN_REFERENCE']);
    const wish = {
      requestId: id,
      paper: 'REQUEST_FORM' as const,
      checkCode: code,
      fileId: await desk.file(journey.applicant),
      idempotencyKey: newId(),
    };
    const answers = await Promise.all(Array.from({ length: 16 }, () => desk.scans.upload(journey.applicant, wish)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await desk.papers(id)).scans).toHaveLength(1);
    idOf(await journey.review.move(journey.applicant, journey.scope, 'WITHDRAW', journey.wish(id, 1)));
    expect(codesOf(await desk.upload(journey.applicant, id, code))).toEqual(['ILLEGAL_TRANSITION']);
  });
});

describe('a step that wants the sealed form', () => {
  it('is signed only with a valid scan; returning needs none', async () => {
    await chains.publish(
      oneChain(
        { ...SIGN_OFF, needsSeal: true },
        { ...ACCEPTANCE, needsSeal: true },
        step('review', ['CENTER_REVIEWER']),
      ),
    );
    const id = await journey.sent(journey.content(centerId));
    const submit = async () =>
      journey.submission.submit(head, journey.scope, journey.wish(id, (await journey.row(id)).version));
    expect(await submit()).toMatchObject({ ok: false, error: [{ code: 'SEALED_FORM_MISSING', reason: 'NONE' }] });
    expect((await journey.row(id)).state).toBe('AWAITING_SIGN_OFF');
    await desk.seal(journey.applicant, id);
    idOf(await submit());
    // What the center's step sees is another content than the one under seal.
    await app.test.db.query("update government_system set vendor_company = '另一家公司' where id = ?", [
      journey.system.id,
    ]);
    const approve = async () =>
      journey.review.approve(acceptance, journey.scope, journey.wish(id, (await journey.row(id)).version));
    expect(await approve()).toMatchObject({ ok: false, error: [{ code: 'SEALED_FORM_MISSING', reason: 'VOID' }] });
    await desk.seal(journey.applicant, id);
    idOf(await approve());
    const other = await journey.sent(journey.content(centerId));
    idOf(await journey.review.move(head, journey.scope, 'RETURN', journey.wish(other, 2)));
  });
});
