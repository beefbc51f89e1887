import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ConsoleClient } from '../console-client.ts';
import type { ContentInput } from '../request-form.ts';
import {
  AUDIT_OF_ALL,
  byId,
  type Case,
  type Cases,
  CLOSED,
  type Clients,
  DEPARTMENTS_OF_ALL,
  type Foreign,
  has,
  listed,
  type NodeIds,
  REQUESTS_OF_ALL,
  RESOURCES_OF_ALL,
  SYSTEMS_OF_ALL,
} from './case.ts';

/** The thread from request to resource, with the frame around it: sign-in, home, catalog, audit. */
const act = (mutation: string): Case => ({
  ...CLOSED,
  ask: (f, exists) => ({
    query: `mutation M($input: RequestActInput!) { ${mutation}(input: $input) { request { id } errors { code message path } } }`,
    variables: {
      input: { id: exists ? f.requestId : f.nothing, expectedVersion: 6, opinion: '同意', idempotencyKey: newId() },
    },
  }),
  // Whoever sees all requests is told that the state does not allow it: that is no secret to them.
  seen: REQUESTS_OF_ALL,
  shows: (answer) => JSON.stringify(answer.data).includes('ILLEGAL_TRANSITION'),
});
const content = (f: Foreign, exists: boolean): ContentInput =>
  exists ? f.content : { ...f.content, systemId: toNodeId('System', newId()), projectId: toNodeId('Project', newId()) };

/** A line of the same request or of none; what is told first is that the state does not allow it. */
const choosePlaces: Case = {
  ...act('choosePlaces'),
  ask: (f, exists) => ({
    query: `mutation M($input: ChoosePlacesInput!) { choosePlaces(input: $input) { request { id } errors { code message path } } }`,
    variables: {
      input: {
        id: exists ? f.requestId : f.nothing,
        expectedVersion: 6,
        lineId: toNodeId('RequestLine', newId()),
        share: 'MAIN',
        places: [],
        reason: '换一处',
        idempotencyKey: newId(),
      },
    },
  }),
};

export const threadCases: Cases = {
  'Mutation.choosePlaces': choosePlaces,
  'Mutation.giveBackRequestLine': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation M($input: GiveBackRequestLineInput!) { giveBackRequestLine(input: $input) { request { id } errors { code message path } } }',
      variables: {
        input: {
          lineId: exists ? f.lineId : toNodeId('RequestLine', newId()),
          expectedVersion: 99,
          reason: '说明',
          idempotencyKey: newId(),
        },
      },
    }),
  },
  // Nothing is held any more of a request that was delivered.
  'Query.placementChoices': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'query P($id: ID!) { placementChoices(requestId: $id) { count candidates { fits } } }',
      variables: { id: exists ? f.requestId : f.nothing },
    }),
  },
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
    ask: (f, exists) => ({
      query: 'query S($search: String) { systems(search: $search) { totalCount } }',
      variables: { search: exists ? f.systemCode : 'no such code' },
    }),
    seen: SYSTEMS_OF_ALL,
    shows: listed('systems'),
  },
  'Query.departments': {
    ask: (f, exists) => ({
      query: 'query D($search: String) { departments(search: $search) { totalCount } }',
      variables: { search: exists ? f.departmentCode : 'no such code' },
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
  'Mutation.attachToRequest': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation A($input: AttachToRequestInput!) { attachToRequest(input: $input) { request { id } errors { code message path } } }',
      variables: {
        input: {
          id: exists ? f.requestId : f.nothing,
          ...{ expectedVersion: 1, idempotencyKey: newId(), kind: 'LETTER', fileIds: [] },
        },
      },
    }),
  },
  'Mutation.detachFromRequest': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation D($input: DetachFromRequestInput!) { detachFromRequest(input: $input) { request { id } errors { code message path } } }',
      variables: {
        input: {
          id: exists ? f.requestId : f.nothing,
          ...{ expectedVersion: 1, idempotencyKey: newId(), fileId: f.nothing },
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
    shows: has('requestChanged', 'request', 'id'),
  },
  'Subscription.resourceChanged': {
    ask: (f, exists) => ({
      query: 'subscription S($id: ID!) { resourceChanged(id: $id) { resource { id } } }',
      variables: { id: exists ? f.resourceId : f.nothingResource },
    }),
    seen: RESOURCES_OF_ALL,
    shows: has('resourceChanged', 'resource', 'id'),
  },
};

export async function threadNodes(clients: Clients, foreign: Foreign): Promise<NodeIds> {
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
  return {
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
}
