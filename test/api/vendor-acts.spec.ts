import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { demonstrationAccounts } from '../../server/src/demonstration/made-up-people.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { KIND_OF_ACT } from '../support/acts-by-kind.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import type { Case, Foreign } from '../support/isolation/case.ts';
import { foreignSystem, makeForeign, makeWorkOf, systemsOfVendor } from '../support/isolation/foreign.ts';
import { CASES } from '../support/isolation/index.ts';
import { type ContentInput, plainContent } from '../support/request-form.ts';

let console_: TestConsole;
let vendor: ConsoleClient;
let applicant: ConsoleClient;
let bound: Foreign;
let content: ContentInput;
const clients = new Map<string, ConsoleClient>();

beforeAll(async () => {
  console_ = await startTestConsole();
  for (const { username } of demonstrationAccounts) clients.set(username, await console_.signIn(username));
  [vendor, applicant] = [clients.get('vendor'), clients.get('applicant')] as [ConsoleClient, ConsoleClient];
  const foreign = await makeForeign(console_, clients, await foreignSystem(clients));
  const systems = await systemsOfVendor(console_, clients);
  bound = { ...foreign, ...(await makeWorkOf(console_, clients, systems.bound)) };
  content = {
    ...(await plainContent(applicant)),
    systemId: bound.content.systemId,
    projectId: bound.content.projectId,
  };
}, 120_000);
afterAll(() => console_.close());

/** What an act says that is not theirs, or is of something that they do not see. */
const CLOSED = ['FORBIDDEN', 'NOT_FOUND', 'BAD_INPUT', 'NOT_PERMITTED', 'UNKNOWN_REFERENCE'];
/**
 * Acts on a request, which say first that its state does not allow them: the matrix has one that is approved. Below they are
 * tried where the state allows them, and in every state by server/src/requests/domain/decide.spec.ts.
 */
const ON_REQUESTS = [
  'addApprover',
  'approveRequest',
  'approveRequests',
  'choosePlaces',
  'rejectRequest',
  'returnRequest',
  'sendRequestForSignOff',
  'submitRequest',
  'transferRequest',
  'withdrawRequest',
];

interface Refusing {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}
const thrownOf = ({ errors }: Refusing) => errors?.[0]?.extensions?.code ?? null;
/** Codes of all user errors of an answer, those of a batch among them. */
const codesIn = (answer: Refusing) =>
  [...JSON.stringify(answer.data ?? null).matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code);

const STEPS = ['submitRequest', 'approveRequest', 'returnRequest', 'rejectRequest', 'withdrawRequest'];
const tries = async (name: string, request: { id: string; version: number }, more: Record<string, unknown> = {}) =>
  codesIn(
    await vendor.ask(
      `mutation M($input: RequestActInput!) { ${name}(input: $input) { request { id } errors { code } } }`,
      {
        input: { id: request.id, expectedVersion: request.version, opinion: '同意', idempotencyKey: newId(), ...more },
      },
    ),
  );
const stateOf = async (id: string) =>
  (await applicant.data('query R($id: ID!) { request(id: $id) { id version state } }', { id })).request;

describe('every act of the API', () => {
  it('is thought about: whether it drafts, operates, or binds the department', () => {
    const mutations = Object.keys(
      console_.application.get(GraphQLSchemaHost).schema.getMutationType()?.getFields() ?? {},
    );
    expect(mutations.length).toBeGreaterThan(100);
    expect([...KIND_OF_ACT.keys()].toSorted()).toEqual(mutations.toSorted());
  });

  it("is closed to a vendor's staff where it binds or decides, on what it sees and on what it does not", async () => {
    const others: [string, unknown][] = [];
    for (const [name, kind] of KIND_OF_ACT) {
      if (kind !== 'BINDS' && kind !== 'DECIDES') continue;
      const { query, variables } = (CASES[`Mutation.${name}`] as Case).ask(bound, true);
      const answer = await vendor.ask(query, variables);
      const thrown = thrownOf(answer);
      const codes = thrown === null ? codesIn(answer) : [thrown];
      if (codes.length === 0 || codes.some((code) => !CLOSED.includes(code ?? ''))) others.push([name, codes]);
    }
    expect(others.toSorted()).toEqual(ON_REQUESTS.map((name) => [name, ['ILLEGAL_TRANSITION']]));
  });
});

describe("a vendor's staff", () => {
  it('drafts for a bound system, is told who sends it, and neither sends nor takes it back', async () => {
    const made = await vendor.data(
      `mutation C($input: CreateRequestDraftInput!) { createRequestDraft(input: $input) {
        request { id version availableActions { action disabledReason } senders } errors { code } } }`,
      { input: { content, idempotencyKey: newId() } },
    );
    const { request } = made.createRequestDraft;
    expect(request.availableActions).toEqual([
      { action: 'EDIT', disabledReason: null },
      { action: 'SEND_FOR_SIGN_OFF', disabledReason: expect.stringContaining('applicant or head') },
    ]);
    const { viewer } = await applicant.data('{ viewer { displayName } }');
    expect(request.senders).toContain(viewer.displayName);
    expect(await tries('sendRequestForSignOff', request)).toEqual(['NOT_PERMITTED']);
    for (const step of STEPS) expect([step, await tries(step, request)]).not.toEqual([step, []]);
    expect(await stateOf(request.id)).toMatchObject({ state: 'DRAFT', version: request.version });

    // The department's applicant sees it, has nobody to ask, and sends it; from then on it is the head's.
    const seen = await applicant.data('query R($id: ID!) { request(id: $id) { senders } }', { id: request.id });
    expect(seen.request.senders).toEqual([]);
    const sent = await applicant.data(
      `mutation S($input: RequestActInput!) { sendRequestForSignOff(input: $input) { request { version } errors { code } } }`,
      { input: { id: request.id, expectedVersion: request.version, opinion: null, idempotencyKey: newId() } },
    );
    expect(sent.sendRequestForSignOff.errors).toEqual([]);
    const waiting = await stateOf(request.id);
    expect(waiting.state).toBe('AWAITING_SIGN_OFF');
    for (const step of ['submitRequest', 'returnRequest', 'withdrawRequest'])
      expect([step, await tries(step, waiting)]).toEqual([step, ['NOT_PERMITTED']]);
    expect(await stateOf(request.id)).toEqual(waiting);
  });

  it('confirms nothing that was delivered, takes no password and sends no sealed paper', async () => {
    for (const name of [
      'confirmDelivery',
      'objectToDelivery',
      'revealFirstLogin',
      'resetFirstLogin',
      'uploadSealedScan',
    ]) {
      const { query, variables } = (CASES[`Mutation.${name}`] as Case).ask(bound, true);
      const codes = codesIn(await vendor.ask(query, variables));
      expect([
        name,
        codes.length > 0 && codes.every((code) => code === 'NOT_PERMITTED' || code === 'UNKNOWN_REFERENCE'),
      ]).toEqual([name, true]);
    }
  });

  it('is refused each step of a chain, in a batch too', async () => {
    const { query, variables } = (CASES['Mutation.approveRequests'] as Case).ask(bound, true);
    expect(codesIn(await vendor.ask(query, variables)).length).toBeGreaterThan(0);
  });
});
