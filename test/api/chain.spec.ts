import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';
import { act, createDraft, ERROR_FIELDS, plainContent } from '../support/request-form.ts';

let console_: TestConsole;
const clients = new Map<string, ConsoleClient>();
const NAMES = ['applicant', 'head', 'acceptance', 'reviewer', 'allocator', 'leader', 'city', 'authority', 'secadmin'];

beforeAll(async () => {
  console_ = await startTestConsole();
  for (const name of NAMES) clients.set(name, await console_.signIn(name));
});
afterAll(() => console_.close());

const as = (name: string): ConsoleClient => clients.get(name) as ConsoleClient;
const CHAIN = `id code state version holder dueAt overdue availableActions { action disabledReason }
  rounds { number state chainTitle steps { key title state dueAt waitedWorkingDays reminders
    seats { roles personName verdict decidedBy onBehalfOf opinion fileName fileUrl } } }`;
const REQUEST = `query R($id: ID!) { request(id: $id) { ${CHAIN} } }`;

type Seat = {
  personName: string | null;
  verdict: string | null;
  decidedBy: string | null;
  onBehalfOf: string | null;
  fileUrl: string | null;
};
type Step = { key: string; state: string; reminders: number; waitedWorkingDays: number | null; seats: Seat[] };
type Shown = {
  id: string;
  code: string;
  version: number;
  state: string;
  holder: string;
  dueAt: string | null;
  rounds: { state: string; steps: Step[] }[];
  availableActions: { action: string; disabledReason: string | null }[];
};

async function look(name: string, id: string): Promise<Shown> {
  return (await as(name).data(REQUEST, { id })).request;
}
const stepsOf = (request: Shown): [string, string][] =>
  (request.rounds.at(-1)?.steps ?? []).map((step) => [step.key, step.state]);
const mayOf = (request: Shown): string[] =>
  request.availableActions.filter((one) => one.disabledReason === null).map((one) => one.action);

async function submitted(applicant = 'applicant', head = 'head'): Promise<Shown> {
  const [asker, signer] = [await console_.signIn(applicant), await console_.signIn(head)];
  const draft = (await createDraft(asker, await plainContent(asker))).request;
  const sent = (await act(asker, 'sendRequestForSignOff', draft)).request;
  return (await act(signer, 'submitRequest', sent)).request;
}

async function mutate(
  name: string,
  mutation: string,
  type: string,
  input: Record<string, unknown>,
  fields = `request { ${CHAIN} }`,
) {
  const data = await as(name).data(
    `mutation M($input: ${type}!) { ${mutation}(input: $input) { ${fields} ${ERROR_FIELDS} } }`,
    { input: { idempotencyKey: newId(), ...input } },
  );
  return data[mutation];
}
const candidate = async (name: string, requestId: string, choice: string, search: string): Promise<string> => {
  const { approverCandidates } = await as(name).data(
    'query C($id: ID!, $choice: ApproverChoice!, $search: String) { approverCandidates(requestId: $id, choice: $choice, search: $search) { id } }',
    { id: requestId, choice, search },
  );
  return approverCandidates[0]?.id;
};

describe('a chain over HTTP', () => {
  it('says of each step who has it, since when and until when, and to each person what is his to do', async () => {
    const { id } = await submitted();
    const seen = await look('applicant', id);
    expect(stepsOf(seen)).toEqual([
      ['sign-off', 'APPROVED'],
      ['acceptance', 'CURRENT'],
      ['technical-review', 'WAITING'],
      ['allocation', 'WAITING'],
    ]);
    expect(mayOf(seen)).toEqual(['REMIND', 'WITHDRAW']);
    expect(seen.dueAt).not.toBeNull();
    expect(mayOf(await look('acceptance', id))).toEqual(['APPROVE', 'RETURN', 'REJECT', 'TRANSFER', 'ADD_APPROVER']);
    expect(mayOf(await look('reviewer', id))).toEqual([]);
    expect(mayOf(await look('head', id))).toEqual(['REMIND', 'WITHDRAW']);
  });

  it("goes by the city's administrator first where the department is a city's, and holds after him", async () => {
    const { id, state } = await submitted('applicant.nanjing-sjj', 'head.nanjing-sjj');
    expect(state).toBe('UNDER_REVIEW');
    const held = async () =>
      Number((await console_.test.db.query("select count(*) as n from claim where state = 'HELD'"))[0].n);
    const before = await held();
    const seen = await look('city', id);
    expect(stepsOf(seen).slice(0, 3)).toEqual([
      ['sign-off', 'APPROVED'],
      ['city-review', 'CURRENT'],
      ['acceptance', 'WAITING'],
    ]);
    expect(mayOf(seen)).toContain('APPROVE');
    expect(mayOf(await look('acceptance', id))).toEqual([]);
    const reviewed = (await act(as('city'), 'approveRequest', seen)).request;
    expect(reviewed.holder).toBe('Acceptance by the big-data center');
    expect(await held()).toBe(before + 1);
  });

  it('hands on, asks another, reminds, and keeps every word', async () => {
    const { id } = await submitted();
    const refused = await mutate('acceptance', 'transferRequest', 'TransferRequestInput', {
      id,
      expectedVersion: (await look('acceptance', id)).version,
      personId: await candidate('acceptance', id, 'ADD_APPROVER', '许正阳'),
      opinion: null,
    });
    expect(refused.errors.map((e: { code: string }) => e.code)).toEqual(['UNKNOWN_REFERENCE']);
    const added = await mutate('acceptance', 'addApprover', 'AddApproverInput', {
      id,
      expectedVersion: (await look('acceptance', id)).version,
      personId: await candidate('acceptance', id, 'ADD_APPROVER', '徐海宁'),
      where: 'BEFORE',
      opinion: '请把关',
    });
    expect(added.errors).toEqual([]);
    expect(stepsOf(added.request)[1]).toEqual(['acceptance-added', 'CURRENT']);
    const reminded = await mutate('applicant', 'remindRequest', 'RequestActInput', {
      id,
      expectedVersion: added.request.version,
    });
    expect(reminded.request.rounds[0].steps[1].reminders).toBe(1);
    const again = await mutate('applicant', 'remindRequest', 'RequestActInput', {
      id,
      expectedVersion: added.request.version,
    });
    expect(again.errors.map((e: { code: string }) => e.code)).toEqual(['NOT_PERMITTED']);
    const word = (await act(as('leader'), 'approveRequest', await look('leader', id), '可以受理')).request;
    expect((await look('head', id)).rounds[0]?.steps[1]?.seats[0]).toMatchObject({
      personName: '徐海宁',
      verdict: 'APPROVE',
      decidedBy: '徐海宁',
      opinion: '可以受理',
    });
    expect(word.holder).toBe('Acceptance by the big-data center');
  });

  it('lets a delegate decide in another name while it lasts', async () => {
    const { id, version } = await submitted();
    expect((await act(as('allocator'), 'approveRequest', { id, version })).errors[0].code).toBe('NOT_PERMITTED');
    const { delegateCandidates } = await as('acceptance').data('{ delegateCandidates(search: "丁思远") { id } }');
    const day = 86_400_000;
    const given = await mutate(
      'acceptance',
      'delegateApprovals',
      'DelegateApprovalsInput',
      {
        delegateId: delegateCandidates[0].id,
        from: new Date(Date.now() - 1_000).toISOString(),
        until: new Date(Date.now() + day).toISOString(),
        reason: '出差',
      },
      'delegation { id state given }',
    );
    expect(given.delegation).toMatchObject({ state: 'RUNNING', given: true });
    const { requests } = await as('allocator').data(
      '{ requests(first: 100, filter: { awaitingMe: true }) { nodes { id } } }',
    );
    expect(requests.nodes.map((r: { id: string }) => r.id)).toContain(id);
    await act(as('allocator'), 'approveRequest', { id, version });
    const seat = (await look('head', id)).rounds[0]?.steps.find((step) => step.key === 'acceptance')?.seats[0];
    expect(seat).toMatchObject({ decidedBy: '丁思远', onBehalfOf: '沈雨桐' });
    const revoked = await mutate(
      'acceptance',
      'revokeDelegation',
      'RevokeDelegationInput',
      { id: given.delegation.id },
      'delegation { state }',
    );
    expect(revoked.delegation.state).toBe('REVOKED');
  });

  it('answers a batch one by one, and refuses one that is no batch', async () => {
    const [one, two] = [await submitted(), await submitted()];
    const answer = await mutate(
      'acceptance',
      'approveRequests',
      'ApproveRequestsInput',
      {
        opinion: '同意',
        items: [
          { id: one.id, expectedVersion: one.version },
          { id: two.id, expectedVersion: 1 },
          { id: 'nonsense', expectedVersion: 1 },
        ],
      },
      `results { requestId request { state } ${ERROR_FIELDS} }`,
    );
    expect(answer.results.map((r: { errors: { code: string }[] }) => r.errors.map((e) => e.code))).toEqual([
      [],
      ['VERSION_CONFLICT'],
      ['UNKNOWN_REFERENCE'],
    ]);
    const many = Array.from({ length: 51 }, () => ({ id: two.id, expectedVersion: two.version }));
    const refused = await mutate(
      'acceptance',
      'approveRequests',
      'ApproveRequestsInput',
      { opinion: '同意', items: many },
      'results { requestId }',
    );
    expect(refused.errors.map((e: { code: string }) => e.code)).toEqual(['INVALID_INPUT']);
    // One opinion for all of them: without a word none is signed.
    for (const opinion of [null, '', ' \u3000\n', '\u200b', '长'.repeat(501)]) {
      const unsaid = await mutate(
        'acceptance',
        'approveRequests',
        'ApproveRequestsInput',
        { opinion, items: [{ id: two.id, expectedVersion: two.version }] },
        `results { requestId } ${ERROR_FIELDS}`,
      );
      expect(unsaid).toMatchObject({ results: [], errors: [{ code: 'INVALID_INPUT', path: ['opinion'] }] });
    }
    expect((await look('acceptance', two.id)).version).toBe(two.version);
  });

  it('signs nothing without an opinion: neither the head nor anybody at the center', async () => {
    const { request } = await createDraft(as('applicant'), await plainContent(as('applicant')));
    const sent = await act(as('applicant'), 'sendRequestForSignOff', request, null);
    let now = sent.request;
    for (const [who, name] of [
      ['head', 'submitRequest'],
      ['acceptance', 'approveRequest'],
    ] as const) {
      for (const opinion of [null, '', '  ', '\u3000', '\u200b\u2060'])
        expect((await act(as(who), name, now, opinion)).errors).toMatchObject([
          { code: 'INVALID_INPUT', path: ['opinion'] },
        ]);
      expect((await look(who, now.id)).version).toBe(now.version);
      now = (await act(as(who), name, now, '情况属实，同意')).request;
      expect(now.version).toBeGreaterThan(sent.request.version);
    }
  });

  it('keeps an opinion file for those who may see the request, and for nobody else', async () => {
    const { id, version } = await submitted();
    const bytes = '%PDF-1.7 opinion';
    const sent = await fetch(`${console_.url}/files`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent('受理意见.pdf'),
        cookie: as('acceptance').cookie ?? '',
      },
      body: bytes,
    });
    const { id: fileId } = (await sent.json()) as { id: string };
    const input = { id, expectedVersion: version, opinion: '同意' };
    const none = await mutate('acceptance', 'approveRequest', 'RequestActInput', { ...input, fileId: 'nonsense' });
    expect(none.errors.map((e: { path: string[] }) => e.path)).toEqual([['fileId']]);
    expect(stepsOf(await look('acceptance', id))[1]).toEqual(['acceptance', 'CURRENT']);
    const approved = await mutate('acceptance', 'approveRequest', 'RequestActInput', { ...input, fileId });
    const seat = approved.request.rounds[0].steps[1].seats[0];
    expect(seat.fileName).toBe('受理意见.pdf');
    const get = (name: string) =>
      fetch(`${console_.url}${seat.fileUrl}`, { headers: { cookie: as(name).cookie ?? '' } });
    for (const name of ['applicant', 'reviewer']) expect(await (await get(name)).text()).toBe(bytes);
    for (const name of ['city', 'secadmin']) expect((await get(name)).status).toBe(404);
  });
});

describe('the queue', () => {
  it('takes a constant number of statements, whatever the length of the page', async () => {
    for (let n = 0; n < 4; n += 1) await submitted();
    const query = `query Q($first: Int!) { requests(first: $first, orderBy: DUE_FIRST, filter: { awaitingMe: true }) {
      totalCount pageInfo { endCursor } nodes { id holder holderSince dueAt overdue department { name } rounds { steps { seats { verdict } } } } } }`;
    const counts: number[] = [];
    // Of the page itself: the session, the feed and the calendar are read by their own clocks.
    const meant = /approval_|request|department/;
    for (const first of [1, 4]) {
      const page = () => as('acceptance').data(query, { first });
      counts.push((await countStatements(console_.test.db, page, meant)).statements);
    }
    expect(counts[0]).toBeGreaterThan(3);
    expect(counts[1]).toBe(counts[0]);
  });

  it('turns its pages by due date without losing or repeating any', async () => {
    const all: string[] = [];
    let after: string | null = null;
    do {
      const {
        requests,
      }: { requests: { nodes: { code: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } = (await as(
        'applicant',
      ).data(
        'query Q($after: String) { requests(first: 2, after: $after, orderBy: DUE_FIRST) { nodes { code } pageInfo { hasNextPage endCursor } } }',
        { after },
      )) as never;
      all.push(...requests.nodes.map((r) => r.code));
      after = requests.pageInfo.hasNextPage ? requests.pageInfo.endCursor : null;
    } while (after);
    const { requests } = await as('applicant').data('{ requests(first: 100) { totalCount } }');
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(requests.totalCount);
  });
});

describe('the editions over HTTP', () => {
  it('are drafted by the cloud authority and published by the security administrator', async () => {
    const edition =
      'edition { id number version inForce problems { path message } rules { title { zh } condition { monthlyFrom } } chains { key steps { key } } }';
    const begun = await mutate('authority', 'beginChainDraft', 'BeginChainDraftInput', { note: '调整' }, edition);
    expect(begun.edition).toMatchObject({ number: null, inForce: false, problems: [] });
    const { chainEditions } = await as('secadmin').data(
      `{ chainEditions { id number rules { title { zh en } chainKey condition { kinds monthlyFrom monthlyBelow localModes remoteModes departmentLevels departmentIds insidePlan } } chains { key title { zh en } steps { key title { zh en } roles mode count deadlineWorkingDays needsFile holdsCapacity escalatesTo } } } }`,
    );
    const { rules, chains } = chainEditions[0];
    const saved = await mutate(
      'authority',
      'saveChainDraft',
      'SaveChainDraftInput',
      { id: begun.edition.id, expectedVersion: 1, note: '缩短', rules: rules.slice(0, 2), chains },
      edition,
    );
    expect(saved.edition.problems.map((p: { path: string[] }) => p.path.join('.'))).toEqual(['chains.1', 'rules.1']);
    const early = await mutate(
      'secadmin',
      'publishChainEdition',
      'ChainEditionActInput',
      { id: begun.edition.id, expectedVersion: 2 },
      edition,
    );
    expect(early.errors.map((e: { code: string }) => e.code)).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
    await mutate(
      'authority',
      'saveChainDraft',
      'SaveChainDraftInput',
      { id: begun.edition.id, expectedVersion: 2, note: '缩短', rules, chains },
      edition,
    );
    const own = await as('authority').ask(
      'mutation M($input: ChainEditionActInput!) { publishChainEdition(input: $input) { edition { id } } }',
      { input: { idempotencyKey: newId(), id: begun.edition.id, expectedVersion: 3 } },
    );
    expect(own.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const published = await mutate(
      'secadmin',
      'publishChainEdition',
      'ChainEditionActInput',
      { id: begun.edition.id, expectedVersion: 3 },
      edition,
    );
    expect(published.edition).toMatchObject({ number: 3, inForce: true });
  });
});
