import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { type ContentInput, plainContent } from '../support/request-form.ts';

const PDF = new Uint8Array(Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'));
const ERRORS = `errors { __typename code message path
  ... on GateClosed { gate subjectType subjectId linkTo } ... on BudgetShortage { budgetId budgetKey availableFen requestedFen shortFen }
  ... on BudgetItemMissing { projectId year budgetKeys matching } }`;
const PREVIEW = `query P($input: PreviewRequestInput!) { previewRequest(input: $input) { feasible
  gates { key severity passed title figures subjectType subjectId linkTo }
  budget { fundingMode budgetId budgetName year asked amount used available fits } ${ERRORS} } }`;
const REQUEST = `request { id version state judgements { moment editionNumber verdicts { key severity passed } }
  encumbrances { budgetId budgetName amount left } }`;
const mutation = (name: string, input: string) =>
  `mutation M($input: ${input}!) { ${name}(input: $input) { ${REQUEST} ${ERRORS} } }`;

interface System {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly declarationState: string;
  readonly reliabilityState: string;
  readonly projects: readonly { readonly id: string; readonly fundingMode: string }[];
}

let console_: TestConsole;
let applicant: ConsoleClient;
let head: ConsoleClient;
let finance: ConsoleClient;
let systems: readonly System[];
let content: ContentInput;

beforeAll(async () => {
  console_ = await startTestConsole();
  [applicant, head, finance] = (await Promise.all(
    ['applicant', 'head', 'finance'].map((username) => console_.signIn(username)),
  )) as [ConsoleClient, ConsoleClient, ConsoleClient];
  const found = await head.data(
    '{ systems(first: 50) { nodes { id code version declarationState reliabilityState department { id } projects { id fundingMode } } } }',
  );
  systems = found.systems.nodes;
  content = await plainContent(applicant);
}, 120_000);
afterAll(() => console_.close());

const of = (system: System | undefined, more: Partial<ContentInput> = {}): ContentInput => {
  if (!system?.projects[0]) throw new Error('the made-up province has no such system');
  return { ...content, systemId: system.id, projectId: system.projects[0].id, ...more };
};
const preview = async (client: ConsoleClient, input: ContentInput) =>
  (await client.data(PREVIEW, { input: { content: input } })).previewRequest;
const act = async (client: ConsoleClient, name: string, input: string, variables: Record<string, unknown>) =>
  (await client.data(mutation(name, input), { input: { idempotencyKey: newId(), ...variables } }))[name];
const draft = async (input: ContentInput) =>
  (await act(applicant, 'createRequestDraft', 'CreateRequestDraftInput', { content: input })).request;
const step = (client: ConsoleClient, name: string, request: { id: string; version: number }) =>
  act(client, name, 'RequestActInput', { id: request.id, expectedVersion: request.version, opinion: '同意' });

async function upload(client: ConsoleClient): Promise<string> {
  const response = await fetch(`${console_.url}/files`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-file-name': 'signed.pdf',
      cookie: client.cookie ?? '',
    },
    body: PDF,
  });
  return ((await response.json()) as { id: string }).id;
}
const signed = async (name: string, input: string, system: System, more: Record<string, unknown> = {}) =>
  (
    await head.data(
      `mutation M($input: ${input}!) { ${name}(input: $input) { system { id version declarationState reliabilityState } errors { code path } } }`,
      {
        input: {
          idempotencyKey: newId(),
          id: system.id,
          expectedVersion: system.version,
          fileId: await upload(head),
          validUntil: '2099-12-31',
          ...more,
        },
      },
    )
  )[name];

describe('a closed gate', () => {
  it('is told beforehand, refuses sending with the way to what is missing, and opens once that is there', async () => {
    const system = systems.find(({ declarationState }) => declarationState === 'EXPIRED');
    const asked = of(system);
    const before = await preview(applicant, asked);
    expect(before.feasible).toBe(false);
    const closed = {
      __typename: 'GateClosed',
      code: 'GATE_CLOSED',
      path: ['content', 'systemId'],
      gate: 'not-classified',
      subjectType: 'System',
      subjectId: system?.id,
      linkTo: 'SYSTEM_DECLARATION',
    };
    expect(before.errors).toMatchObject([closed]);
    expect(before.errors[0].message).toContain('2026-06-30');

    const made = await draft(asked);
    const refused = await step(applicant, 'sendRequestForSignOff', made);
    expect(refused).toMatchObject({ request: null, errors: [closed] });
    // The applicant may not speak for the department.
    const foreign = await applicant.ask(
      'mutation M($input: DeclareNotClassifiedInput!) { declareNotClassified(input: $input) { errors { code } } }',
      {
        input: {
          idempotencyKey: newId(),
          id: system?.id,
          expectedVersion: 1,
          fileId: system?.id,
          validUntil: '2099-01-01',
        },
      },
    );
    expect(foreign.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');

    const declared = await signed('declareNotClassified', 'DeclareNotClassifiedInput', system as System);
    expect(declared.system.declarationState).toBe('VALID');
    expect((await preview(applicant, asked)).errors).toEqual([]);
    const sent = await step(applicant, 'sendRequestForSignOff', made);
    expect(sent.errors).toEqual([]);
    expect(sent.request.judgements).toMatchObject([{ moment: 'SEND', editionNumber: 3 }]);
    const submitted = await step(head, 'submitRequest', sent.request);
    expect(submitted.errors).toEqual([]);
    const [, held] = submitted.request.judgements;
    expect(held).toMatchObject({ moment: 'HOLD', editionNumber: 3 });
    expect(held.verdicts.find(({ key }: { key: string }) => key === 'not-classified')).toMatchObject({ passed: true });
  });

  it('is judged again as the center holds: what ran out meanwhile refuses the signature', async () => {
    const system = systems[0] as System;
    const sent = await step(applicant, 'sendRequestForSignOff', await draft(of(system)));
    expect(sent.errors).toEqual([]);
    const { db } = console_.test;
    await db.query('update government_system set frozen = 1 where code = ?', [system.code]);
    const refused = await step(head, 'submitRequest', sent.request);
    expect(refused.errors).toMatchObject([{ code: 'GATE_CLOSED', gate: 'system-open', linkTo: 'SYSTEM_PAGE' }]);
    await db.query('update government_system set frozen = 0 where code = ?', [system.code]);
    expect((await step(head, 'submitRequest', sent.request)).errors).toEqual([]);
  });

  it('asks for the statement of reliability, product by product', async () => {
    const system = systems.find(({ reliabilityState }) => reliabilityState === 'MISSING') as System;
    expect((await preview(applicant, of(system))).errors).toMatchObject([
      { gate: 'reliability-stated', linkTo: 'SYSTEM_RELIABILITY', subjectId: system.id },
    ]);
    const entry = { part: 'CPU', product: '鲲鹏 920', domestic: true };
    const bad = await signed('stateReliability', 'StateReliabilityInput', system, {
      entries: [{ part: 'CPU', product: 'Xeon', domestic: false }],
      validUntil: '2020-01-01',
    });
    expect(bad.errors).toEqual([
      { code: 'INVALID_INPUT', path: ['validUntil'] },
      { code: 'INVALID_INPUT', path: ['entries', '0', 'reason'] },
      { code: 'INVALID_INPUT', path: ['entries'] },
    ]);
    const stated = await signed('stateReliability', 'StateReliabilityInput', system, {
      entries: [entry, { part: 'OS', product: '银河麒麟 V10', domestic: true }],
    });
    expect(stated).toMatchObject({ system: { reliabilityState: 'VALID' }, errors: [] });
    // The machine runs another operating system than the statement names: refused at its line, in preview and as it is sent.
    const unnamed = {
      __typename: 'GateClosed',
      gate: 'software-stated',
      path: ['content', 'lines', '0', 'vm', 'imageId'],
      linkTo: 'SYSTEM_RELIABILITY',
      subjectId: system.id,
    };
    expect((await preview(applicant, of(system))).errors).toMatchObject([unnamed]);
    expect(await step(applicant, 'sendRequestForSignOff', await draft(of(system)))).toMatchObject({
      request: null,
      errors: [unnamed],
    });
    const again = await signed('stateReliability', 'StateReliabilityInput', stated.system, {
      entries: [entry, { part: 'OS', product: '龙蜥 Anolis OS 8.9', domestic: true }],
    });
    expect(again.errors).toEqual([]);
    expect((await preview(applicant, of(system))).errors).toEqual([]);
    // An offer on a foreign processor asks for its reason too.
    const { catalog } = await applicant.data(
      '{ catalog { offers { id domesticCpu architecture } images { id architecture } } }',
    );
    const foreign = catalog.offers.find((offer: { domesticCpu: boolean }) => !offer.domesticCpu);
    if (foreign) {
      const image = catalog.images.find((one: { architecture: string }) => one.architecture === foreign.architecture);
      const [plain] = content.lines;
      if (!plain?.vm) throw new Error('the plain request asks for no machine');
      const line = { ...plain, vm: { ...plain.vm, offerId: foreign.id, imageId: image.id } };
      const gates = (await preview(applicant, of(system, { lines: [line] }))).errors;
      expect(gates).toContainEqual(expect.objectContaining({ gate: 'foreign-reasoned', path: ['content', 'lines'] }));
    }
  });
});

describe('who pays', () => {
  it('is shown beside the quotas, and what a department pays itself is encumbered with the hold', async () => {
    const own = systems.find(
      ({ projects, declarationState }) => projects[0]?.fundingMode === 'OWN_PAYS' && declarationState === 'VALID',
    ) as System;
    const central = systems.find(({ projects }) => projects[0]?.fundingMode === 'CENTRAL') as System;
    expect((await preview(applicant, of(central))).budget).toMatchObject({
      fundingMode: 'CENTRAL',
      budgetId: null,
      asked: '0',
      fits: true,
    });
    const { budget } = await preview(applicant, of(own));
    expect(budget).toMatchObject({ fundingMode: 'OWN_PAYS', fits: true });
    expect(BigInt(budget.asked)).toBeGreaterThan(0n);
    expect(BigInt(budget.amount) - BigInt(budget.used)).toBeGreaterThanOrEqual(BigInt(budget.available));

    const sent = await step(applicant, 'sendRequestForSignOff', await draft(of(own)));
    const submitted = await step(head, 'submitRequest', sent.request);
    expect(submitted.errors).toEqual([]);
    expect(submitted.request.encumbrances).toEqual([
      { budgetId: budget.budgetId, budgetName: budget.budgetName, amount: budget.asked, left: budget.asked },
    ]);
    const seen = await applicant.data('query R($id: ID!) { request(id: $id) { encumbrances { budgetId amount } } }', {
      id: sent.request.id,
    });
    // The ledger itself is not the applicant's to read.
    expect(seen.request.encumbrances).toEqual([{ budgetId: null, amount: budget.asked }]);

    // Two people take back what is left of it.
    const { requestBudgetAdjustment } = await finance.data(
      'mutation M($input: RequestBudgetAdjustmentInput!) { requestBudgetAdjustment(input: $input) { adjustment { id } errors { code message } } }',
      {
        input: {
          idempotencyKey: newId(),
          id: budget.budgetId,
          change: (BigInt(budget.used) + BigInt(budget.asked) - BigInt(budget.amount)).toString(),
          reason: '收回结余',
        },
      },
    );
    expect(requestBudgetAdjustment.errors).toEqual([]);
    const { decideBudgetAdjustment } = await (await console_.signIn('finance.czt')).data(
      'mutation M($input: DecideBudgetAdjustmentInput!) { decideBudgetAdjustment(input: $input) { errors { code message } } }',
      { input: { idempotencyKey: newId(), id: requestBudgetAdjustment.adjustment.id, decision: 'APPROVE' } },
    );
    expect(decideBudgetAdjustment.errors).toEqual([]);
    const short = await preview(applicant, of(own));
    expect(short).toMatchObject({
      feasible: false,
      budget: { fits: false, available: '0' },
      errors: [
        {
          __typename: 'BudgetShortage',
          path: ['content', 'projectId'],
          budgetId: budget.budgetId,
          availableFen: '0',
          requestedFen: budget.asked,
          shortFen: budget.asked,
        },
      ],
    });
    const second = await step(applicant, 'sendRequestForSignOff', await draft(of(own)));
    expect((await step(head, 'submitRequest', second.request)).errors).toMatchObject([
      { code: 'BUDGET_SHORTAGE', path: ['content', 'projectId'], budgetId: budget.budgetId },
    ]);
  });

  it('is decided by the finance office, not by whoever is paid for', async () => {
    const project = systems.find(({ projects }) => projects[0]?.fundingMode === 'OWN_PAYS')?.projects[0];
    const FIELDS =
      'id version code name budgetYear fundSource approvalNumber filingNumber filedOn budgetCode functionClass economicClass fundNature budgetLevel budgetLevelReason totalBudget performanceTargets fundingMode';
    const read = async () =>
      (await finance.data(`query P($id: ID!) { project(id: $id) { ${FIELDS} } }`, { id: project?.id })).project;
    const edit = async (client: ConsoleClient, fundingMode: string) => {
      const { id, version, totalBudget, ...record } = await read();
      const answer = await client.data(
        'mutation M($input: EditProjectInput!) { editProject(input: $input) { project { fundingMode } errors { code path ... on NotPermitted { reason } } } }',
        {
          input: {
            idempotencyKey: newId(),
            id,
            expectedVersion: version,
            content: { ...record, totalBudgetFen: totalBudget, fundingMode },
          },
        },
      );
      return answer.editProject;
    };
    expect((await edit(head, 'CENTRAL')).errors).toEqual([
      { code: 'NOT_PERMITTED', path: ['content', 'fundingMode'], reason: 'FINANCE_ONLY' },
    ]);
    expect(await edit(head, 'OWN_PAYS')).toMatchObject({ errors: [] });
    expect(await edit(finance, 'CENTRAL')).toEqual({ project: { fundingMode: 'CENTRAL' }, errors: [] });
  });
});

describe('an edition of the gates', () => {
  const EDITION =
    'edition { id number version inForce effectiveFrom rules { key severity check title { zh en } text { zh en } linkTo parameter condition { kinds zones protectionLevels localModes remoteModes departmentLevels departmentIds } } problems { path } } errors { code path ... on NotPermitted { reason } }';
  const keep = async (client: ConsoleClient, name: string, input: string, variables: Record<string, unknown>) =>
    (
      await client.data(`mutation M($input: ${input}!) { ${name}(input: $input) { ${EDITION} } }`, {
        input: { idempotencyKey: newId(), ...variables },
      })
    )[name];

  it('is drafted by one, published by another for its day, and judges from then on', async () => {
    const [authority, security] = [await console_.signIn('authority'), await console_.signIn('secadmin')];
    const begun = (await keep(authority, 'beginGateDraft', 'BeginGateDraftInput', { note: '过渡期' })).edition;
    expect((await keep(authority, 'beginGateDraft', 'BeginGateDraftInput', { note: '又一份' })).errors).toMatchObject([
      { code: 'NOT_PERMITTED', reason: 'DRAFT_EXISTS' },
    ]);
    // Nobody else sees a draft.
    const count = async (client: ConsoleClient) =>
      (await client.data('{ gateEditions { number } }')).gateEditions.length;
    expect([await count(applicant), await count(security)]).toEqual([3, 4]);
    const wish = (edition: { id: string; version: number }) => ({ id: edition.id, expectedVersion: edition.version });
    const rules = begun.rules.map((rule: { key: string }) =>
      rule.key === 'reliability-stated' ? { ...rule, severity: 'WARN' } : rule,
    );
    const saving = { note: '过渡期先提示', rules };
    const past = (
      await keep(authority, 'saveGateDraft', 'SaveGateDraftInput', {
        ...wish(begun),
        ...saving,
        effectiveFrom: '2020-01-01',
      })
    ).edition;
    expect(past.problems).toEqual([{ path: ['effectiveFrom'] }]);
    expect((await keep(security, 'publishGateEdition', 'GateEditionActInput', wish(past))).errors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['effectiveFrom'] },
    ]);
    const kept = (
      await keep(authority, 'saveGateDraft', 'SaveGateDraftInput', {
        ...wish(past),
        ...saving,
        effectiveFrom: begun.effectiveFrom,
      })
    ).edition;
    expect(kept.problems).toEqual([]);
    const stale = await keep(authority, 'saveGateDraft', 'SaveGateDraftInput', {
      ...wish(past),
      ...saving,
      effectiveFrom: begun.effectiveFrom,
    });
    expect(stale.errors).toMatchObject([{ code: 'VERSION_CONFLICT', path: ['expectedVersion'] }]);
    const published = await keep(security, 'publishGateEdition', 'GateEditionActInput', wish(kept));
    expect(published).toMatchObject({ edition: { number: 4, inForce: true }, errors: [] });
    expect((await keep(security, 'publishGateEdition', 'GateEditionActInput', wish(kept))).errors).toMatchObject([
      { code: 'ILLEGAL_TRANSITION' },
    ]);
    const { db } = console_.test;
    const system = systems[1] as System;
    await db.query('update government_system set reliability_valid_until = null where code = ?', [system.code]);
    const judged = await preview(applicant, of(system));
    expect(judged.errors).toEqual([]);
    expect(judged.gates).toContainEqual(
      expect.objectContaining({ key: 'reliability-stated', severity: 'WARN', passed: false }),
    );
    const sent = await step(applicant, 'sendRequestForSignOff', await draft(of(system)));
    expect(sent.request.judgements).toMatchObject([{ moment: 'SEND', editionNumber: 4 }]);
  });
});
