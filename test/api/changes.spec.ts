import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { act, createDraft, ERROR_FIELDS, plainContent } from '../support/request-form.ts';

/** 变更申请 as the console asks for it: what can be changed, what it comes to, what is refused and where. */
let console_: TestConsole;
let applicant: ConsoleClient;
let machine: { id: string; storageTier: string; offer: { id: string } };

beforeAll(async () => {
  console_ = await startTestConsole();
  applicant = await console_.signIn('applicant');
  const draft = (await createDraft(applicant, await plainContent(applicant))).request;
  let { request } = await act(applicant, 'sendRequestForSignOff', draft);
  ({ request } = await act(await console_.signIn('head'), 'submitRequest', request));
  for (const name of ['acceptance', 'reviewer', 'allocator'])
    ({ request } = await act(await console_.signIn(name), 'approveRequest', request));
  const { resources } = request.lines[0];
  // No worker runs here: it is in use because this says so.
  await console_.test.db.query("update resource set state = 'IN_USE', delivered_at = now(3)");
  ({ resource: machine } = await applicant.data(
    'query R($id: ID!) { resource(id: $id) { id storageTier offer { id } } }',
    { id: resources[0].id },
  ));
}, 180_000);
afterAll(() => console_.close());

const content = (line: object) => ({
  purpose: '业务量翻倍',
  restartAgreed: true,
  lines: [{ resourceIds: [machine.id], ...line }],
});
const PREVIEW = `query P($input: PreviewChangeInput!) { previewChange(input: $input) { needsRestart
  preview { feasible monthlyCost lines { feasible checks { criterion passed } } ${ERROR_FIELDS} } } }`;
const preview = async (line: object) =>
  (await applicant.data(PREVIEW, { input: { requestId: null, content: content(line) } })).previewChange;

describe('a change', () => {
  it('says what is there line by line, and whether a share of it is owed', async () => {
    const { changeGroups } = await applicant.data(
      'query G($ids: [ID!]!) { changeGroups(resourceIds: $ids) { whole siblings localMode remoteMode owesShare errors { code } } }',
      { ids: [machine.id] },
    );
    expect(changeGroups).toEqual([
      {
        whole: false,
        siblings: expect.any(Number),
        localMode: 'SINGLE',
        remoteMode: 'NONE',
        owesShare: false,
        errors: [],
      },
    ]);
  });

  it('costs the difference, and asks for the growth alone (R1)', async () => {
    const { preview: seen, needsRestart } = await preview({ diskGib: 500 });
    expect([seen.errors, seen.feasible, needsRestart]).toEqual([[], true, false]);
    expect(BigInt(seen.monthlyCost)).toBeGreaterThan(0n);
    expect(seen.lines[0].checks[0]).toEqual({ criterion: 'R1', passed: true });
  });

  it('refuses another storage tier at its field, with what to do instead', async () => {
    const other = machine.storageTier === 'SSD' ? 'HDD' : 'SSD';
    const { preview: seen } = await preview({ storageTier: other });
    expect(seen).toMatchObject({
      feasible: false,
      errors: [
        {
          code: 'INVALID_INPUT',
          rule: 'tierFixed',
          path: ['content', 'lines', '0', 'storageTier'],
          message: expect.stringContaining('move the data'),
        },
      ],
    });
    // The tier that it has is no wish at all.
    expect((await preview({ storageTier: machine.storageTier, diskGib: 500 })).preview.errors).toEqual([]);
  });

  it('is a draft once a press, whatever its answer', async () => {
    const input = { idempotencyKey: newId(), content: content({ diskGib: 500 }) };
    const mutation = `mutation C($input: CreateChangeDraftInput!) { createChangeDraft(input: $input) { request { id nature } ${ERROR_FIELDS} } }`;
    const [first, second] = [await applicant.data(mutation, { input }), await applicant.data(mutation, { input })];
    expect(first.createChangeDraft).toMatchObject({ request: { nature: 'CHANGE' }, errors: [] });
    expect(second).toEqual(first);
  });
});
