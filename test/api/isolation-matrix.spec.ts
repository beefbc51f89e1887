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
import { type ContentInput, plainContent } from '../support/request-form.ts';
import { idOf } from '../support/request-journey.ts';

/**
 * Every root field of the schema × every role × a foreign department's ids. What a role may not see answers exactly as
 * what does not exist. Written against the permission table a second time, by hand: a role that comes to see more than
 * stands here fails, and so does a root field without a case.
 */
const REQUESTS_OF_ALL = ['acceptance', 'reviewer', 'allocator', 'authority', 'leader', 'finance'];
const RESOURCES_OF_ALL = [...REQUESTS_OF_ALL, 'facility', 'recovery', 'duty'];
const SYSTEMS_OF_ALL = RESOURCES_OF_ALL;
const DEPARTMENTS_OF_ALL = [...RESOURCES_OF_ALL, 'sysadmin', 'secadmin'];
const AUDIT_OF_ALL = ['auditadmin', 'assessor'];

interface Foreign {
  readonly departmentId: string;
  readonly requestId: string;
  readonly lineId: string;
  readonly resourceId: string;
  readonly content: ContentInput;
  /** Ids of the right kinds that name nothing. */
  readonly nothing: string;
  readonly nothingResource: string;
}

interface Case {
  /** A document for the foreign thing, and the same for something that does not exist. */
  readonly ask: (foreign: Foreign, exists: boolean) => { query: string; variables?: Record<string, unknown> };
  /** Usernames that see the foreign thing; everyone else gets the answer of what does not exist. */
  readonly seen: readonly string[];
  /** Whether an answer shows the foreign thing. */
  readonly shows: (answer: GraphqlAnswer<Record<string, never>>) => boolean;
}

const CLOSED: Pick<Case, 'seen' | 'shows'> = { seen: [], shows: () => false };
const has =
  (...path: string[]) =>
  (answer: GraphqlAnswer<Record<string, never>>): boolean =>
    path.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
      answer.data ?? null,
    ) != null;
const listed =
  (field: string) =>
  (answer: GraphqlAnswer<Record<string, never>>): boolean =>
    ((answer.data?.[field] as unknown as { totalCount?: number } | null)?.totalCount ?? 0) > 0;
const byId =
  (field: string, pick: (f: Foreign) => string, nothing: (f: Foreign) => string): Case['ask'] =>
  (f, exists) => ({
    query: `query Q($id: ID!) { ${field}(id: $id) { id } }`,
    variables: { id: exists ? pick(f) : nothing(f) },
  });
const act = (mutation: string): Case => ({
  ...CLOSED,
  ask: (f, exists) => ({
    query: `mutation M($input: RequestActInput!) { ${mutation}(input: $input) { request { id } errors { code message path } } }`,
    variables: {
      input: { id: exists ? f.requestId : f.nothing, expectedVersion: 4, opinion: '同意', idempotencyKey: newId() },
    },
  }),
  // Whoever sees all requests is told that the state does not allow it: that is no secret to them.
  seen: REQUESTS_OF_ALL,
  shows: (answer) => JSON.stringify(answer.data).includes('ILLEGAL_TRANSITION'),
});
const content = (f: Foreign, exists: boolean): ContentInput =>
  exists ? f.content : { ...f.content, systemId: toNodeId('System', newId()), projectId: toNodeId('Project', newId()) };

const CASES: { readonly [field: string]: Case } = {
  'Query.console': { ...CLOSED, ask: () => ({ query: '{ console { mode } }' }) },
  'Query.viewer': { ...CLOSED, ask: () => ({ query: '{ viewer { username } }' }) },
  'Query.home': { ...CLOSED, ask: () => ({ query: '{ home { awaitingMe } }' }) },
  'Query.centers': { ...CLOSED, ask: () => ({ query: '{ centers { code } }' }) },
  'Query.catalog': { ...CLOSED, ask: () => ({ query: '{ catalog { countMaximum } }' }) },
  'Query.node': {
    ask: (f, exists) => ({
      query: 'query N($id: ID!) { node(id: $id) { id } }',
      variables: { id: exists ? f.requestId : f.nothing },
    }),
    seen: REQUESTS_OF_ALL,
    shows: has('node', 'id'),
  },
  'Query.request': {
    ask: byId(
      'request',
      (f) => f.requestId,
      (f) => f.nothing,
    ),
    seen: REQUESTS_OF_ALL,
    shows: has('request', 'id'),
  },
  'Query.resource': {
    ask: byId(
      'resource',
      (f) => f.resourceId,
      (f) => f.nothingResource,
    ),
    seen: RESOURCES_OF_ALL,
    shows: has('resource', 'id'),
  },
  'Query.requests': {
    ask: (f, exists) => ({
      query: 'query R($filter: RequestFilter) { requests(filter: $filter) { totalCount } }',
      variables: { filter: { departmentId: exists ? f.departmentId : toNodeId('Department', newId()) } },
    }),
    seen: REQUESTS_OF_ALL,
    shows: listed('requests'),
  },
  'Query.resources': {
    ask: (f, exists) => ({
      query: 'query R($filter: ResourceFilter) { resources(filter: $filter) { totalCount } }',
      variables: { filter: { requestId: exists ? f.requestId : f.nothing } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('resources'),
  },
  'Query.systems': {
    ask: (_f, exists) => ({
      query: 'query S($search: String) { systems(search: $search) { totalCount } }',
      variables: { search: exists ? foreignSystemCode : 'no such code' },
    }),
    seen: SYSTEMS_OF_ALL,
    shows: listed('systems'),
  },
  'Query.departments': {
    ask: (_f, exists) => ({
      query: 'query D($search: String) { departments(search: $search) { totalCount } }',
      variables: { search: exists ? foreignDepartmentCode : 'no such code' },
    }),
    seen: DEPARTMENTS_OF_ALL,
    shows: listed('departments'),
  },
  'Query.auditEvents': {
    ask: (_f, exists) => ({
      query: 'query A($filter: AuditFilter) { auditEvents(filter: $filter) { totalCount } }',
      variables: { filter: { action: exists ? 'request.submit' : 'no.such' } },
    }),
    seen: AUDIT_OF_ALL,
    shows: listed('auditEvents'),
  },
  'Query.previewRequest': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'query P($input: PreviewRequestInput!) { previewRequest(input: $input) { feasible errors { code message path } } }',
      variables: { input: { content: content(f, exists) } },
    }),
  },
  'Mutation.signIn': {
    ...CLOSED,
    ask: () => ({
      query: 'mutation { signIn(input: { username: "nobody-here", password: "wrong" }) { errors { code } } }',
    }),
  },
  'Mutation.signOut': { ...CLOSED, ask: () => ({ query: '{ viewer { username } }' }) },
  'Mutation.createRequestDraft': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation C($input: CreateRequestDraftInput!) { createRequestDraft(input: $input) { request { id } errors { code message path } } }',
      variables: { input: { idempotencyKey: newId(), content: content(f, exists) } },
    }),
  },
  'Mutation.updateRequestDraft': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation U($input: UpdateRequestDraftInput!) { updateRequestDraft(input: $input) { request { id } errors { code message path } } }',
      variables: {
        input: {
          id: exists ? f.requestId : f.nothing,
          expectedVersion: 1,
          idempotencyKey: newId(),
          content: content(f, exists),
        },
      },
    }),
  },
  'Mutation.sendRequestForSignOff': act('sendRequestForSignOff'),
  'Mutation.submitRequest': act('submitRequest'),
  'Mutation.approveRequest': act('approveRequest'),
  'Mutation.returnRequest': act('returnRequest'),
  'Mutation.rejectRequest': act('rejectRequest'),
  'Mutation.withdrawRequest': act('withdrawRequest'),
  'Mutation.releaseResource': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation M($input: ReleaseResourceInput!) { releaseResource(input: $input) { resource { id } errors { code message path } } }',
      variables: {
        input: {
          id: exists ? f.resourceId : f.nothingResource,
          expectedVersion: 1,
          reason: 'x',
          confirmName: 'web-1',
          idempotencyKey: newId(),
        },
      },
    }),
  },
  'Subscription.requestChanged': {
    ask: (f, exists) => ({
      query: 'subscription S($id: ID!) { requestChanged(id: $id) { request { id } } }',
      variables: { id: exists ? f.requestId : f.nothing },
    }),
    seen: REQUESTS_OF_ALL,
    shows: (answer) => answer.errors === undefined,
  },
  'Subscription.resourceChanged': {
    ask: (f, exists) => ({
      query: 'subscription S($id: ID!) { resourceChanged(id: $id) { resource { id } } }',
      variables: { id: exists ? f.resourceId : f.nothingResource },
    }),
    seen: RESOURCES_OF_ALL,
    shows: (answer) => answer.errors === undefined,
  },
};

/** A refusal comes within a round trip; this long without one is the silence of an open subscription. */
const SILENCE_MS = 300;

let foreignSystemCode = '';
let foreignDepartmentCode = '';
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
  foreignSystemCode = system.code;
  foreignDepartmentCode = system.department.code;
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
  idOf(await get(ReviewService).approve(viewerWith(['CENTER_REVIEWER'], null), WHOLE_PROVINCE, wish(3)));
  const { request } = await reviewer.data('query R($id: ID!) { request(id: $id) { lines { id resources { id } } } }', {
    id: toNodeId('Request', id),
  });
  return {
    departmentId: system.department.id,
    requestId: toNodeId('Request', id),
    lineId: request.lines[0].id,
    resourceId: request.lines[0].resources[0].id,
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
  // A subscription that is allowed says nothing until something changes; one that is refused says so at once.
  const refused = await subscription
    .until((event: { errors?: unknown }) => event.errors !== undefined, SILENCE_MS)
    .catch(() => undefined);
  await subscription.stop();
  return normal(refused ?? {});
}

/** Trace ids differ by nature; everything else must not. */
function normal(answer: GraphqlAnswer<Record<string, never>>): GraphqlAnswer<Record<string, never>> {
  return JSON.parse(
    JSON.stringify(answer, (key, value) => (key === 'traceId' || key === 'locations' ? undefined : value)),
  );
}

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
    const reviewer = clients.get('reviewer') as ConsoleClient;
    const { request } = await reviewer.data(
      'query R($id: ID!) { request(id: $id) { department { id } system { id } project { id } steps { id } lines { id resources { id events { id } } } } }',
      { id: foreign.requestId },
    );
    const { centers, catalog } = await (clients.get('applicant') as ConsoleClient).data(
      '{ centers { id cluster { id } pools { id } } catalog { offers { id } images { id } } }',
    );
    const [audit] = (
      await (clients.get('auditadmin') as ConsoleClient).data('{ auditEvents(first: 1) { nodes { id } } }')
    ).auditEvents.nodes;
    /** One foreign id a type, and who may have it. Types of nobody in particular are open to whoever reads the place. */
    const ids: { readonly [type: string]: readonly [string, readonly string[] | 'open'] } = {
      AuditEvent: [audit.id, AUDIT_OF_ALL],
      Center: [centers[0].id, 'open'],
      Cluster: [centers[0].cluster.id, 'open'],
      Department: [request.department.id, DEPARTMENTS_OF_ALL],
      Image: [catalog.images[0].id, 'open'],
      Offer: [catalog.offers[0].id, 'open'],
      Pool: [centers[0].pools[0].id, 'open'],
      Project: [request.project.id, REQUESTS_OF_ALL],
      Request: [foreign.requestId, REQUESTS_OF_ALL],
      RequestLine: [request.lines[0].id, []],
      RequestStep: [request.steps[0].id, []],
      Resource: [foreign.resourceId, RESOURCES_OF_ALL],
      ResourceEvent: [request.lines[0].resources[0].events[0].id, []],
      System: [request.system.id, SYSTEMS_OF_ALL],
      Viewer: [(await reviewer.data('{ viewer { id } }')).viewer.id, ['reviewer']],
    };
    expect(types).toEqual(Object.keys(ids).toSorted());
    for (const [type, [id, seen]] of Object.entries(ids))
      for (const [username, client] of clients) {
        if (seen === 'open') continue;
        const { data } = await client.ask('query N($id: ID!) { node(id: $id) { id } }', { id });
        expect([type, username, data?.node != null]).toEqual([type, username, seen.includes(username)]);
      }
  });
});
