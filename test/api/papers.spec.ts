import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy } from 'unpdf';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { act, createDraft, plainContent } from '../support/request-form.ts';

let console_: TestConsole;
let applicant: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  applicant = await console_.signIn('applicant');
}, 120_000);
afterAll(() => console_.close());

const get = (client: ConsoleClient | null, path: string): Promise<Response> =>
  fetch(`${console_.url}${path}`, {
    // As a browser's address line asks: the answer must not be the page.
    headers: { accept: 'text/html,*/*', 'accept-language': 'en', ...(client?.cookie ? { cookie: client.cookie } : {}) },
  });
const PAPERS = `query P($id: ID!) { request(id: $id) { code papers { standing checkCode contentHash formNumber formUrl neededBy mayUpload
  ports { name configured text } scans { id formNumber valid voidReasons file { name url } } } } }`;
interface Papers {
  readonly checkCode: string;
  readonly contentHash: string;
  readonly formUrl: string;
  readonly formNumber: number | null;
  readonly scans: readonly { readonly file: { readonly url: string } }[];
}
const papersOf = async (client: ConsoleClient, id: string) => {
  const { request } = await client.data(PAPERS, { id });
  return request as { code: string; papers: Papers };
};

describe('the form over HTTP', () => {
  it('is a file of the request, with its hash, and an audit row', async () => {
    const { request } = await createDraft(applicant, await plainContent(applicant));
    const before = await papersOf(applicant, request.id);
    expect(before.papers).toMatchObject({
      standing: 'NONE',
      formNumber: null,
      neededBy: [],
      mayUpload: true,
      scans: [],
      ports: [{ configured: false }, { configured: false }],
    });
    const response = await get(applicant, before.papers.formUrl);
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      200,
      'application/pdf',
      'private, no-store',
    ]);
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain(`${before.code}_第1版.pdf`);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await response.arrayBuffer())), {
      mergePages: true,
    });
    expect(text.replace(/\s/g, '')).toContain(`SM3${before.papers.contentHash}`);
    expect(text).toContain('业务系统扩容');
    const after = await papersOf(applicant, request.id);
    expect(after.papers.formNumber).toBe(1);
    const auditor = await console_.signIn('auditadmin');
    const { auditEvents } = await auditor.data(
      '{ auditEvents(first: 20, filter: { action: "document.printForm" }) { nodes { summary } } }',
    );
    expect(JSON.stringify(auditEvents)).toContain(before.code);
  });

  it('is there for whoever sees the request, and for nobody else', async () => {
    const { request } = await createDraft(applicant, await plainContent(applicant));
    const path = `/papers/requests/${request.id}/form.pdf`;
    expect((await get(null, path)).status).toBe(401);
    // A draft is its department's own until it is sent.
    const acceptance = await console_.signIn('acceptance');
    expect((await get(acceptance, path)).status).toBe(404);
    expect((await act(applicant, 'sendRequestForSignOff', request)).errors).toEqual([]);
    expect((await get(acceptance, path)).status).toBe(200);
    for (const stranger of ['sysadmin', 'auditadmin', 'facility', 'operator'])
      expect([stranger, (await get(await console_.signIn(stranger), path)).status]).toEqual([stranger, 404]);
    expect((await get(applicant, '/papers/requests/nonsense/form.pdf')).status).toBe(404);
  });
});

describe('print, upload, edit', () => {
  it('goes from nothing over valid to void, and says why in the reader’s language', async () => {
    const content = await plainContent(applicant);
    const { request } = await createDraft(applicant, content);
    await get(applicant, `/papers/requests/${request.id}/form.pdf`);
    const { papers } = await papersOf(applicant, request.id);
    const sent = await fetch(`${console_.url}/files`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent('盖章件.pdf'),
        cookie: applicant.cookie ?? '',
      },
      body: new Uint8Array(Buffer.from('%PDF-1.7\n')),
    });
    const { id: fileId } = (await sent.json()) as { id: string };
    const { uploadSealedScan } = await applicant.data(
      `mutation U($input: UploadSealedScanInput!) { uploadSealedScan(input: $input) { scan { id valid } request { papers { standing } } errors { code message } } }`,
      { input: { requestId: request.id, fileId, checkCode: papers.checkCode, idempotencyKey: 'scan-1' } },
    );
    expect(uploadSealedScan).toMatchObject({
      scan: { valid: true },
      request: { papers: { standing: 'VALID' } },
      errors: [],
    });
    await applicant.data(
      'mutation E($input: UpdateRequestDraftInput!) { updateRequestDraft(input: $input) { errors { message } } }',
      {
        input: {
          id: request.id,
          idempotencyKey: 'edit-1',
          expectedVersion: 1,
          content: { ...content, lines: content.lines.map((line) => ({ ...line, count: 2 })) },
        },
      },
    );
    const after = await papersOf(applicant, request.id);
    expect(after.papers).toMatchObject({
      standing: 'VOID',
      formNumber: null,
      scans: [{ valid: false, formNumber: 1, file: { name: '盖章件.pdf' } }],
    });
    expect(JSON.stringify(after.papers.scans)).toContain('“count” of line “web” has changed');
    const [scan] = after.papers.scans;
    const statusFor = async (who: string) => (await get(await console_.signIn(who), scan?.file.url ?? '')).status;
    // A draft is its department's own, with all that was sealed of it.
    expect([await statusFor('head'), await statusFor('acceptance')]).toEqual([200, 404]);
    // Void paper hinders nothing where no step wants it.
    expect((await act(applicant, 'sendRequestForSignOff', { ...request, version: 2 })).errors).toEqual([]);
    // Others who see the request may look at what was sealed; the file is nobody else's.
    expect([await statusFor('acceptance'), await statusFor('facility')]).toEqual([200, 404]);
  });
});
