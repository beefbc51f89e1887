import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toNodeId } from '../../server/src/kernel/node-id.js';
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
const PREVIEW = `query P($input: PreviewChangeInput!) { previewChange(input: $input) { restartCount liveCount
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
    const { preview: seen, restartCount, liveCount } = await preview({ diskGib: 500 });
    expect([seen.errors, seen.feasible, restartCount, liveCount]).toEqual([[], true, 0, 0]);
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

  it('tells whoever names another kind of thing how that is changed', async () => {
    const named = async (type: string) =>
      (
        await applicant.data(PREVIEW, {
          input: { requestId: null, content: { ...content({}), lines: [{ resourceIds: [toNodeId(type, newId())] }] } },
        })
      ).previewChange.preview.errors;
    for (const [type, words] of [
      ['Server', 'by the line that they were asked for by'],
      ['CabinetHolder', 'by the line that they were asked for by'],
      ['NetworkPolicy', 'on their own pages'],
      ['Department', 'no resource'],
    ] as const)
      expect(await named(type)).toMatchObject([
        {
          ...{ code: 'INVALID_INPUT', rule: 'kindNotChangeable', path: ['content', 'lines', '0', 'resourceIds'] },
          message: expect.stringContaining(words),
        },
      ]);
    expect(await named('Resource')).toMatchObject([{ code: 'UNKNOWN_REFERENCE' }]);
  });

  it('is a draft once a press, whatever its answer', async () => {
    const input = { idempotencyKey: newId(), content: content({ diskGib: 500 }) };
    const mutation = `mutation C($input: CreateChangeDraftInput!) { createChangeDraft(input: $input) { request { id nature } ${ERROR_FIELDS} } }`;
    const [first, second] = [await applicant.data(mutation, { input }), await applicant.data(mutation, { input })];
    expect(first.createChangeDraft).toMatchObject({ request: { nature: 'CHANGE' }, errors: [] });
    expect(second).toEqual(first);
  });
});

describe('a change of space in a cabinet', () => {
  const THINGS = `query T($lineIds: [ID!], $systemId: ID) { changeableThings(lineIds: $lineIds, systemId: $systemId) {
    id count whole spots localMode remoteMode owesShare monthlyCost size { heightUnits powerW weightKg } errors { code }
    line { name kind } request { code } } }`;
  let line: { id: string };
  let systemId = '';

  beforeAll(async () => {
    const plain = await plainContent(applicant);
    systemId = plain.systemId;
    const { catalog } = await applicant.data('query C { catalog { cabinetOffers { id form zone } } }');
    const offer = catalog.cabinetOffers.find(
      (one: { form: string; zone: string }) => one.form === 'UNIT' && one.zone === 'GOVERNMENT_EXTRANET',
    );
    const [{ centerId, localMode, remoteMode }] = plain.lines as [(typeof plain.lines)[number]];
    const cabinet = { offerId: offer.id, heightUnits: 2, powerW: 400, weightKg: 30 };
    const one = { kind: 'CABINET', name: 'rack', count: 1, centerId, localMode, remoteMode, cabinet };
    const draft = (await createDraft(applicant, { ...plain, lines: [one] })).request;
    let { request } = await act(applicant, 'sendRequestForSignOff', draft);
    ({ request } = await act(await console_.signIn('head'), 'submitRequest', request));
    for (const name of ['acceptance', 'reviewer', 'allocator'])
      ({ request } = await act(await console_.signIn(name), 'approveRequest', request));
    // Nobody carries its order out here: it is handed over because this says so.
    await console_.test.db.query(
      "update request_line set fulfilled_at = now(3) where kind = 'CABINET' and name = 'rack'",
    );
    const { changeableThings } = await applicant.data(THINGS, { systemId });
    [line] = changeableThings.filter(({ line: own }: { line: { name: string } }) => own.name === 'rack');
  }, 120_000);

  const wish = (things: object) => ({
    purpose: '新增设备',
    restartAgreed: false,
    lines: [{ resourceIds: [], things: { lineId: line.id, ...things } }],
  });
  const previewed = async (things: object) =>
    (await applicant.data(PREVIEW, { input: { requestId: null, content: wish(things) } })).previewChange.preview;

  it('says what is there, and where', () => {
    expect(line).toMatchObject({
      ...{ count: 1, whole: false, localMode: 'SINGLE', remoteMode: 'NONE', owesShare: false, errors: [] },
      ...{ size: { heightUnits: 2, powerW: 400, weightKg: 30 }, line: { kind: 'CABINET' } },
      spots: [expect.stringMatching(/U\d+/)],
    });
  });

  it('costs the difference, and asks for the growth alone (R6)', async () => {
    const seen = await previewed({ weightKg: 31 });
    expect([seen.errors, seen.feasible, seen.monthlyCost]).toEqual([[], true, '0']);
    expect(seen.lines[0].checks[0]).toEqual({ criterion: 'R6', passed: true });
  });

  it('is refused at its field', async () => {
    expect(await previewed({ heightUnits: 2.25 })).toMatchObject({
      errors: [{ rule: 'halfUnits', path: ['content', 'lines', '0', 'things', 'heightUnits'] }],
    });
    expect(await previewed({ powerW: 99_999 })).toMatchObject({
      feasible: false,
      errors: expect.arrayContaining([
        expect.objectContaining({ code: 'SPACE_SHORTAGE', path: ['content', 'lines', '0'] }),
      ]),
    });
  });

  it('is sent, and says on its line what it was and becomes; its line is then open for no other', async () => {
    const input = { idempotencyKey: newId(), content: wish({ heightUnits: 3 }) };
    const mutation = `mutation C($input: CreateChangeDraftInput!) { createChangeDraft(input: $input) { request { id version nature
      lines { kind changedLineId fromPlace { heightUnits powerW weightKg } cabinet { heightUnits powerW weightKg } } } ${ERROR_FIELDS} } }`;
    const { createChangeDraft: made } = await applicant.data(mutation, { input });
    expect(made).toMatchObject({
      errors: [],
      request: {
        nature: 'CHANGE',
        lines: [
          {
            ...{ kind: 'CABINET', changedLineId: line.id },
            fromPlace: { heightUnits: 2, powerW: 400, weightKg: 30 },
            cabinet: { heightUnits: 3, powerW: 400, weightKg: 30 },
          },
        ],
      },
    });
    await act(applicant, 'sendRequestForSignOff', made.request);
    const { changeableThings } = await applicant.data(THINGS, { lineIds: [line.id] });
    expect(changeableThings).toMatchObject([{ id: line.id, errors: [{ code: 'CHANGE_OPEN' }] }]);
  });
});
