import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLObjectType, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { demonstrationAccounts } from '../../server/src/demonstration/made-up-people.js';
import { toNodeId, uuidOf } from '../../server/src/kernel/node-id.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { RequestsService } from '../../server/src/requests/requests.service.js';
import { ReviewService } from '../../server/src/requests/review.service.js';
import { SubmissionService } from '../../server/src/requests/submission.service.js';
import { viewerWith } from '../support/application.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient, GraphqlAnswer } from '../support/console-client.ts';
import { foreignBudgetId } from '../support/isolation/budgets.ts';
import type { Case, Foreign } from '../support/isolation/case.ts';
import { foreignImport } from '../support/isolation/imports.ts';
import { CASES, nodeIds } from '../support/isolation/index.ts';
import { foreignNotification } from '../support/isolation/notifications.ts';
import { addForeignServer } from '../support/isolation/servers.ts';
import { type ContentInput, plainContent } from '../support/request-form.ts';
import { idOf } from '../support/request-journey.ts';

let console_: TestConsole;
let schema: GraphQLSchema;
let foreign: Foreign;
const clients = new Map<string, ConsoleClient>();

beforeAll(async () => {
  console_ = await startTestConsole();
  schema = console_.application.get(GraphQLSchemaHost).schema;
  for (const { username } of demonstrationAccounts) clients.set(username, await console_.signIn(username));
  foreign = await makeForeign();
}, 120_000);
afterAll(() => console_.close());

/** A department that no demonstration account belongs to, with a delivered request and its machine. */
async function makeForeign(): Promise<Foreign> {
  const reviewer = clients.get('reviewer') as ConsoleClient;
  const taken = new Set<string>();
  for (const client of clients.values()) {
    const { viewer } = await client.data('{ viewer { department { id parent { id } } } }');
    if (viewer.department) taken.add(viewer.department.id).add(viewer.department.parent?.id);
  }
  const { systems } = await reviewer.data(
    '{ systems(first: 100) { nodes { id code department { id code level parent { id } } projects { id } } } }',
  );
  const system = systems.nodes.find(
    (s: { department: { id: string; level: string }; projects: unknown[] }) =>
      s.projects.length > 0 && s.department.level === 'PROVINCE' && !taken.has(s.department.id),
  );
  const departmentId = uuidOf('Department', system.department.id) as string;
  const base = await plainContent(clients.get('applicant') as ConsoleClient);
  const content: ContentInput = { ...base, systemId: system.id, projectId: system.projects[0].id };
  const get = <T>(type: new (...args: never[]) => T): T => console_.application.get(type, { strict: false });
  const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [departmentId] };
  const applicant = viewerWith(['APPLICANT'], departmentId);
  const domainContent = {
    systemId: uuidOf('System', content.systemId),
    projectId: uuidOf('Project', content.projectId),
    purpose: content.purpose,
    lines: content.lines.map((l) => ({
      ...l,
      offerId: uuidOf('Offer', l.offerId),
      imageId: uuidOf('Image', l.imageId),
      centerId: uuidOf('Center', l.centerId),
    })) as never,
  };
  const id = idOf(await get(RequestsService).createDraft(applicant, scope, domainContent, newId()));
  const wish = (expectedVersion: number) => ({
    requestId: id,
    expectedVersion,
    opinion: null,
    idempotencyKey: newId(),
  });
  idOf(await get(ReviewService).move(applicant, scope, 'SEND_FOR_SIGN_OFF', wish(1)));
  idOf(await get(SubmissionService).submit(viewerWith(['DEPARTMENT_HEAD'], departmentId), scope, wish(2)));
  for (const [at, role] of (['CENTER_ACCEPTANCE', 'CENTER_REVIEWER', 'CAPACITY_ALLOCATOR'] as const).entries())
    idOf(await get(ReviewService).approve(viewerWith([role], null), WHOLE_PROVINCE, wish(3 + at)));
  const { request } = await reviewer.data('query R($id: ID!) { request(id: $id) { lines { id resources { id } } } }', {
    id: toNodeId('Request', id),
  });
  const { users } = await (clients.get('sysadmin') as ConsoleClient).data(
    'query U($filter: UserFilter) { users(filter: $filter) { nodes { id username displayName } } }',
    { filter: { departmentId: system.department.id } },
  );
  return {
    userId: users.nodes[0].id,
    username: users.nodes[0].username,
    displayName: users.nodes[0].displayName,
    departmentId: system.department.id,
    departmentCode: system.department.code,
    systemCode: system.code,
    requestId: toNodeId('Request', id),
    lineId: request.lines[0].id,
    resourceId: request.lines[0].resources[0].id,
    serverId: await addForeignServer(console_, departmentId),
    budgetId: await foreignBudgetId(clients, system.department.id),
    ...(await foreignImport(get)),
    ...(await foreignNotification(get, users.nodes[0].id)),
    content,
    nothing: toNodeId('Request', newId()),
    nothingResource: toNodeId('Resource', newId()),
  };
}

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
      const [there, nowhere] = await Promise.all([
        answerOf(client, field, ask(foreign, true)),
        answerOf(client, field, ask(foreign, false)),
      ]);
      expect([username, shows(there)]).toEqual([username, seen.includes(username)]);
      // Of what is not theirs to see, existing and not existing are one answer, to the letter.
      if (!seen.includes(username)) expect([username, there]).toEqual([username, nowhere]);
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
