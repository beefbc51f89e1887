import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ConsoleClient } from '../console-client.ts';
import { type Case, type Cases, CLOSED, type Clients, type Foreign, type NodeIds, REQUESTS_OF_ALL } from './case.ts';

/** Who reads the chains: those who work on everyone's requests, and who puts the chains in force. */
const CHAIN_READERS = [...REQUESTS_OF_ALL, 'secadmin'];

const saysIllegal = (answer: { data?: unknown }): boolean => JSON.stringify(answer.data).includes('ILLEGAL_TRANSITION');

/** Acts on the chain of a foreign request: whoever sees all requests is told that its state does not allow them. */
const onRequest = (mutation: string, input: string, more: (f: Foreign) => Record<string, unknown>): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { request { id } errors { code message path } } }`,
    variables: {
      input: { id: exists ? f.requestId : f.nothing, expectedVersion: 6, idempotencyKey: newId(), ...more(f) },
    },
  }),
  seen: REQUESTS_OF_ALL,
  shows: saysIllegal,
});

/** Editions belong to nobody in particular; who may not keep them changes nothing, and nobody changes what is not there. */
const onEdition = (mutation: string, input: string, fields: Record<string, unknown>): Case => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { edition { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...fields } },
  }),
});
const noEdition = { id: toNodeId('ChainEdition', newId()), expectedVersion: 1 };
const DAY_MS = 86_400_000;

export const approvalCases: Cases = {
  'Query.calendarYears': { ...CLOSED, ask: () => ({ query: '{ calendarYears { year } }' }) },
  'Mutation.saveCalendarYear': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: SaveCalendarYearInput!) { saveCalendarYear(input: $input) { calendarYear { year } errors { code path } } }',
      // No year is that, so that asking changes nothing.
      variables: { input: { idempotencyKey: newId(), year: 1, expectedVersion: 0, source: '', days: [] } },
    }),
  },
  'Query.chainEditions': { ...CLOSED, ask: () => ({ query: '{ chainEditions { number } }' }) },
  // A draft without a word of why is refused, so that asking changes nothing.
  'Mutation.beginChainDraft': onEdition('beginChainDraft', 'BeginChainDraftInput', { note: '' }),
  'Mutation.saveChainDraft': onEdition('saveChainDraft', 'SaveChainDraftInput', {
    ...noEdition,
    note: '',
    rules: [],
    chains: [],
  }),
  'Mutation.discardChainDraft': onEdition('discardChainDraft', 'ChainEditionActInput', noEdition),
  'Mutation.publishChainEdition': onEdition('publishChainEdition', 'ChainEditionActInput', noEdition),
  'Query.delegations': { ...CLOSED, ask: () => ({ query: '{ delegations { id } }' }) },
  'Query.delegateCandidates': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'query D($search: String) { delegateCandidates(search: $search) { id } }',
      // A name of the foreign department: its people see too little to be anybody's delegates.
      variables: { search: exists ? f.displayName : 'nobody of that name' },
    }),
  },
  'Mutation.delegateApprovals': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation M($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) { delegation { id } errors { code message path } } }',
      variables: {
        input: {
          idempotencyKey: newId(),
          delegateId: exists ? f.userId : toNodeId('User', newId()),
          from: new Date(Date.now() + DAY_MS).toISOString(),
          until: new Date(Date.now() + 2 * DAY_MS).toISOString(),
          reason: 'x',
        },
      },
    }),
  },
  'Mutation.revokeDelegation': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: RevokeDelegationInput!) { revokeDelegation(input: $input) { delegation { id } errors { code message path } } }',
      variables: { input: { id: toNodeId('Delegation', newId()), idempotencyKey: newId() } },
    }),
  },
  'Query.approverCandidates': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'query C($id: ID!) { approverCandidates(requestId: $id, choice: TRANSFER) { id } }',
      variables: { id: exists ? f.requestId : f.nothing },
    }),
  },
  'Mutation.transferRequest': onRequest('transferRequest', 'TransferRequestInput', (f) => ({ personId: f.userId })),
  'Mutation.addApprover': onRequest('addApprover', 'AddApproverInput', (f) => ({
    personId: f.userId,
    where: 'BESIDE',
  })),
  'Mutation.remindRequest': onRequest('remindRequest', 'RequestActInput', () => ({})),
  'Mutation.approveRequests': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: ApproveRequestsInput!) { approveRequests(input: $input) { results { request { id } errors { code message path } } errors { code } } }',
      variables: {
        input: {
          idempotencyKey: newId(),
          opinion: '同意',
          items: [{ id: exists ? f.requestId : f.nothing, expectedVersion: 6 }],
        },
      },
    }),
    seen: REQUESTS_OF_ALL,
    shows: saysIllegal,
  },
};

export async function approvalNodes(clients: Clients): Promise<NodeIds> {
  const reviewer = clients.get('reviewer') as ConsoleClient;
  const { chainEditions } = await reviewer.data('{ chainEditions { id } }');
  const { delegateCandidates } = await reviewer.data('{ delegateCandidates(search: "丁思远") { id } }');
  const { delegateApprovals } = await reviewer.data(
    'mutation M($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) { delegation { id } } }',
    {
      input: {
        idempotencyKey: newId(),
        delegateId: delegateCandidates[0].id,
        from: new Date(Date.now() + DAY_MS).toISOString(),
        until: new Date(Date.now() + 2 * DAY_MS).toISOString(),
        reason: '出差',
      },
    },
  );
  return {
    ChainEdition: [chainEditions[0].id, CHAIN_READERS],
    Delegation: [delegateApprovals.delegation.id, ['reviewer', 'allocator']],
  };
}
