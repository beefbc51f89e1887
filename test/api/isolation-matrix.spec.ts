import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLObjectType, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { demonstrationAccounts } from '../../server/src/demonstration/made-up-people.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient, GraphqlAnswer } from '../support/console-client.ts';
import type { Case, Foreign } from '../support/isolation/case.ts';
import { foreignSystem, makeForeign, makeWorkOf, systemsOfVendor } from '../support/isolation/foreign.ts';
import { CASES, nodeIds } from '../support/isolation/index.ts';

let console_: TestConsole;
let schema: GraphQLSchema;
let foreign: Foreign;
const clients = new Map<string, ConsoleClient>();

beforeAll(async () => {
  console_ = await startTestConsole();
  schema = console_.application.get(GraphQLSchemaHost).schema;
  for (const { username } of demonstrationAccounts) clients.set(username, await console_.signIn(username));
  foreign = await makeForeign(console_, clients, await foreignSystem(clients));
}, 120_000);
afterAll(() => console_.close());

async function answerOf(
  client: ConsoleClient,
  field: string,
  { query, variables }: { query: string; variables?: Record<string, unknown> },
) {
  if (!field.startsWith('Subscription.')) return normal(await client.ask(query, variables));
  const subscription = client.subscribe(query, variables);
  // One that is allowed gives the node at once, one that is refused says so at once: the first event is the answer.
  try {
    return normal(await subscription.until(() => true));
  } finally {
    await subscription.stop();
  }
}

/** Trace ids differ by nature; everything else must not. */
function normal(answer: GraphqlAnswer<Record<string, never>>): GraphqlAnswer<Record<string, never>> {
  return JSON.parse(
    JSON.stringify(answer, (key, value) => (key === 'traceId' || key === 'locations' ? undefined : value)),
  );
}

/**
 * Every root field of the schema × every role × a foreign department's ids. What a role may not see answers exactly as
 * what does not exist. Written against the permission table a second time, by hand: a role that comes to see more than
 * stands in test/support/isolation fails, and so does a root field without a case.
 */
describe('isolation matrix', () => {
  it('has a case for every root field of the schema', () => {
    const roots = [
      schema.getQueryType(),
      schema.getMutationType(),
      schema.getSubscriptionType(),
    ] as GraphQLObjectType[];
    const fields = roots.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
    expect(fields.length).toBeGreaterThan(20);
    expect(fields.toSorted()).toEqual(Object.keys(CASES).toSorted());
  });

  it.each(Object.keys(CASES))('%s shows a foreign thing to no role but those named', async (field) => {
    const { ask, seen, shows } = CASES[field] as Case;
    for (const [username, client] of clients) {
      const maySee = seen.includes(username);
      const [there, nowhere] = await Promise.all([
        answerOf(client, field, ask(foreign, true)),
        maySee ? null : answerOf(client, field, ask(foreign, false)),
      ]);
      expect([username, shows(there)]).toEqual([username, maySee]);
      // Of what is not theirs to see, existing and not existing are one answer, to the letter.
      if (!maySee) expect([username, there]).toEqual([username, nowhere]);
    }
  });

  it('gives no node type of a foreign department through node(id), and knows every node type', async () => {
    const nodeInterface = schema.getType('Node');
    if (!isInterfaceType(nodeInterface)) throw new Error('no Node interface');
    const types = schema
      .getPossibleTypes(nodeInterface)
      .filter(isObjectType)
      .map((t) => t.name)
      .toSorted();
    const ids = await nodeIds(clients, foreign);
    expect(types).toEqual(Object.keys(ids).toSorted());
    for (const [type, [id, seen]] of Object.entries(ids))
      for (const [username, client] of clients) {
        if (seen === 'open') continue;
        const { data } = await client.ask('query N($id: ID!) { node(id: $id) { id } }', { id });
        expect([type, username, data?.node != null]).toEqual([type, username, seen.includes(username)]);
      }
  });
});

/**
 * Within their own department a vendor's staff reaches what is of a system that they are bound to today. Of every other
 * system, and of one whose last day is over, nothing is there: every root field that takes an id of theirs says so.
 */
describe("the isolation of a vendor's staff", () => {
  const ofSystem = ({ requestId, lineId, resourceId, systemCode, content }: Foreign) => [
    requestId,
    lineId,
    resourceId,
    systemCode,
    content.systemId,
  ];
  /** Root fields whose question names something of the system. */
  const fieldsOf = (f: Foreign) =>
    Object.keys(CASES).filter((field) => {
      const variables = JSON.stringify(CASES[field]?.ask(f, true).variables ?? {});
      return ofSystem(f).some((id) => variables.includes(id));
    });
  const SHOWN = [
    'Query.node',
    'Query.request',
    'Query.requests',
    'Query.resource',
    'Query.resources',
    'Query.system',
    'Query.systems',
    'Subscription.requestChanged',
    'Subscription.resourceChanged',
  ];
  const named = (f: Foreign, field: string, exists = true) =>
    field === 'Query.requests'
      ? {
          query: 'query R($filter: RequestFilter) { requests(filter: $filter) { totalCount } }',
          variables: { filter: { systemId: exists ? f.content.systemId : f.nothing } },
        }
      : (CASES[field] as Case).ask(f, exists);
  let bound: Foreign;
  let others: { [what: string]: Foreign };

  beforeAll(async () => {
    const systems = await systemsOfVendor(console_, clients);
    const madeOf = async (which: keyof typeof systems): Promise<Foreign> => ({
      ...foreign,
      ...(await makeWorkOf(console_, clients, systems[which])),
    });
    bound = await madeOf('bound');
    others = { 'not bound': await madeOf('notBound'), 'the day after': await madeOf('dayAfter') };
  }, 120_000);

  it('shows all of a system that they are bound to', async () => {
    const vendor = clients.get('vendor') as ConsoleClient;
    for (const field of SHOWN)
      expect([field, (CASES[field] as Case).shows(await answerOf(vendor, field, named(bound, field)))]).toEqual([
        field,
        true,
      ]);
  });

  it.each(['not bound', 'the day after'])('shows nothing of a system when: %s', async (what) => {
    const vendor = clients.get('vendor') as ConsoleClient;
    const other = others[what] as Foreign;
    const fields = [...new Set([...fieldsOf(other), ...SHOWN])];
    expect(fields.length).toBeGreaterThan(SHOWN.length + 10);
    for (const field of fields) {
      const there = await answerOf(vendor, field, named(other, field));
      expect([field, there]).toEqual([field, await answerOf(vendor, field, named(other, field, false))]);
    }
  });

  it('lists and counts only what is theirs', async () => {
    const [vendor, applicant] = [clients.get('vendor'), clients.get('applicant')] as [ConsoleClient, ConsoleClient];
    const { systems } = await vendor.data('{ systems(first: 100) { nodes { id } } }');
    const theirs = new Set(systems.nodes.map((system: { id: string }) => system.id));
    const all = `{ requests(first: 100) { totalCount nodes { system { id } } }
      resources(first: 100) { totalCount nodes { system { id } } }
      home { requestsByState { count } resourcesByState { count } } }`;
    const [seen, whole] = [await vendor.data(all), await applicant.data(all)];
    for (const kind of ['requests', 'resources'] as const) {
      expect(seen[kind].totalCount).toBeGreaterThan(0);
      expect(whole[kind].totalCount).toBeGreaterThan(seen[kind].totalCount);
      for (const { system } of seen[kind].nodes) expect(theirs).toContain(system.id);
      const counts: { count: number }[] = seen.home[`${kind}ByState`];
      expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(seen[kind].totalCount);
    }
    const { quotas } = await vendor.data('{ quotas(filter: { level: SYSTEM }, first: 100) { totalCount } }');
    expect(quotas.totalCount).toBe(theirs.size);
    for (const level of ['DEPARTMENT', 'PROJECT'])
      expect(
        (await vendor.data('query Q($f: QuotaFilter) { quotas(filter: $f) { totalCount } }', { f: { level } })).quotas
          .totalCount,
      ).toBe(0);
  });
});
