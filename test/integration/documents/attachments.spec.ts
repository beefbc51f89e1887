import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { voidReasons } from '../../../server/src/documents/domain/scan.js';
import { FilesService } from '../../../server/src/files/files.service.js';
import { type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { ATTACHMENTS_MAX } from '../../../server/src/requests/domain/attachment.js';
import { DraftHeads } from '../../../server/src/requests/draft-heads.service.js';
import { RequestAttachments } from '../../../server/src/requests/request-attachments.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { PaperDesk } from '../../support/paper-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let desk: PaperDesk;
let attachments: RequestAttachments;
let centerId: string;

beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  desk = new PaperDesk(app.context);
  attachments = app.context.get(RequestAttachments, { strict: false });
  centerId = (await journey.openCenter('attachments', 1_000)).center.id;
});
afterAll(() => app.close());

const draft = () => journey.draft(journey.content(centerId));
const LETTER = Buffer.from('%PDF-1.7\n% a letter\n');

async function attach(
  id: string,
  fileIds: readonly (string | undefined)[],
  more: { viewer?: Viewer; key?: string; version?: number } = {},
) {
  const expectedVersion = more.version ?? (await journey.row(id)).version;
  const wish = { requestId: id, expectedVersion, idempotencyKey: more.key ?? newId() };
  return attachments.attach(more.viewer ?? journey.applicant, journey.scope, { ...wish, kind: 'LETTER', fileIds });
}

async function detach(id: string, attachedFileId: string) {
  const { version } = await journey.row(id);
  const wish = { requestId: id, expectedVersion: version, idempotencyKey: newId(), attachedFileId };
  return attachments.detach(journey.applicant, journey.scope, wish);
}

const namesOf = async (id: string) => ((await attachments.of([id]))[0] ?? []).map(({ file }) => file.name);

describe('what lies beside a request', () => {
  it('is laid beside its draft, once a press, and read by whoever may see the request', async () => {
    const id = await draft();
    const fileId = await desk.file(journey.applicant, '公函.pdf', LETTER);
    const key = newId();
    const { version } = await journey.row(id);
    idOf(await attach(id, [fileId], { key, version }));
    idOf(await attach(id, [fileId], { key, version }));
    expect(await namesOf(id)).toEqual(['公函.pdf']);
    expect((await journey.row(id)).version).toBe(version + 1);
    const [one] = (await attachments.of([id])).flat();
    expect(one).toMatchObject({
      kind: 'LETTER',
      attachedBy: '张经办',
      file: { sm3: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const files = app.context.get(FilesService, { strict: false });
    expect(await files.readable(journey.head, fileId)).toMatchObject({ name: '公函.pdf' });
    expect(await files.readable(viewerWith(['APPLICANT'], newId()), fileId)).toBeNull();
    // A draft is its department's own; once it is sent whoever decides reads what lies beside it.
    expect(await files.readable(journey.reviewer, fileId)).toBeNull();
    idOf(
      await journey.review.move(journey.applicant, journey.scope, 'SEND_FOR_SIGN_OFF', journey.wish(id, version + 1)),
    );
    expect(await files.readable(journey.reviewer, fileId)).toMatchObject({ name: '公函.pdf' });
  });

  it('is part of the form: it is printed with its hash, and a sealed scan is void once it changes', async () => {
    const id = await draft();
    const [letter, other] = [
      await desk.file(journey.applicant, '公函.pdf', LETTER),
      await desk.file(journey.applicant, '方案.pdf'),
    ];
    idOf(await attach(id, [letter]));
    const [one] = (await attachments.of([id])).flat();
    const row = await journey.row(id);
    expect((await desk.contents.of(row)).content.attachments).toEqual([
      { kind: 'LETTER', name: '公函.pdf', sm3: one?.file.sm3 },
    ]);
    await desk.seal(journey.applicant, id);
    expect((await desk.papers(id)).standing).toBe('VALID');
    idOf(await attach(id, [other]));
    const papers = await desk.papers(id);
    expect(papers.standing).toBe('VOID');
    const [scan] = papers.scans;
    expect(scan && voidReasons(scan.version, papers.now).map(({ zh }) => zh)).toEqual(['添加了附件“方案.pdf”']);
    // Taken back it is the form that was sealed.
    idOf(await detach(id, other));
    expect((await desk.papers(id)).standing).toBe('VALID');
    expect(await namesOf(id)).toEqual(['公函.pdf']);
  });

  it('stands from the sending on: it is neither added to nor taken back, but after a return for correction', async () => {
    const id = await draft();
    const [first, second] = [await desk.file(journey.applicant), await desk.file(journey.applicant)];
    idOf(await attach(id, [first]));
    const { version } = await journey.row(id);
    idOf(await journey.review.move(journey.applicant, journey.scope, 'SEND_FOR_SIGN_OFF', journey.wish(id, version)));
    expect(codesOf(await attach(id, [second]))).toEqual(['ILLEGAL_TRANSITION']);
    expect(codesOf(await detach(id, first))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await journey.submit(id, version + 1));
    const submitted = await journey.row(id);
    expect(codesOf(await attach(id, [second]))).toEqual(['ILLEGAL_TRANSITION']);
    const back = journey.wish(id, submitted.version, '请补公函');
    idOf(await journey.review.move(journey.acceptance, WHOLE_PROVINCE, 'RETURN', back));
    idOf(await attach(id, [second]));
    expect(await namesOf(id)).toHaveLength(2);
  });

  it('is refused of another’s upload, of what nobody reads, of too many, of another department, and nothing is kept', async () => {
    const id = await draft();
    const foreign = await desk.file(journey.head);
    expect(codesOf(await attach(id, [foreign]))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await attach(id, [undefined]))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await attach(id, []))).toEqual(['INVALID_INPUT']);
    const table = await desk.file(journey.applicant, 'a.csv', Buffer.from('a,b\n1,2\n'));
    expect(codesOf(await attach(id, [table]))).toEqual(['INVALID_INPUT']);
    const many = await byClients(
      4,
      Array.from({ length: ATTACHMENTS_MAX + 1 }, (_, at) => at),
      (at) => desk.file(journey.applicant, `${at}.pdf`),
    );
    expect(codesOf(await attach(id, many))).toEqual(['INVALID_INPUT']);
    expect(await namesOf(id)).toEqual([]);
    idOf(await attach(id, many.slice(0, ATTACHMENTS_MAX)));
    expect(codesOf(await attach(id, many.slice(ATTACHMENTS_MAX)))).toEqual(['INVALID_INPUT']);
    const stranger = viewerWith(['APPLICANT'], newId());
    const wish = { requestId: id, expectedVersion: 2, idempotencyKey: newId(), kind: 'OTHER' as const, fileIds: [] };
    const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [stranger.departmentId ?? ''] };
    expect(codesOf(await attachments.attach(stranger, scope, wish))).toEqual(['UNKNOWN_REFERENCE']);
    expect(await namesOf(id)).toHaveLength(ATTACHMENTS_MAX);
  });

  it('is one request’s only, however many it is laid beside at once', async () => {
    const ids = await byClients(1, [1, 2, 3, 4], draft);
    const fileId = await desk.file(journey.applicant);
    const answers = await byClients(4, ids, (id) => attach(id, [fileId]));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await attachments.of(ids)).flat()).toHaveLength(1);
  });

  it('is not copied by asking again: it says what that request was for, on that day', async () => {
    const id = await draft();
    idOf(await attach(id, [await desk.file(journey.applicant)]));
    const heads = app.context.get(DraftHeads, { strict: false });
    const head = { systemId: journey.system.id, projectId: journey.project.id, purpose: '再次申请' };
    const same = { temporaryUntil: null, localMode: null, remoteMode: null, likeId: id, withoutRefused: false };
    const again = idOf(
      await heads.repeat(journey.applicant, journey.scope, { ...head, ...same, idempotencyKey: newId() }),
    );
    expect(await namesOf(again)).toEqual([]);
  });
});
