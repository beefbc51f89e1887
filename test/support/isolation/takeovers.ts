import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { Case, Cases } from './case.ts';

/** Who prepares, reviews or watches intakes: taking over goes on from there. */
const INTAKE_READERS = ['reviewer', 'allocator', 'facility', 'authority'];
const PROPOSE = ['allocator', 'facility'];

const nothing = () => toNodeId('Resource', newId());
const input = (id: string, more: object) => ({
  input: { id, idempotencyKey: newId(), expectedVersion: 99, ...more },
});

/** The foreign machine was never proposed, so that there is nothing to decide of it: nobody learns more than that. */
const decided = (mutation: string): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: DecideTakeOverInput!) { ${mutation}(input: $input) { resource { id } errors { code message path } } }`,
    variables: input(exists ? f.resourceId : nothing(), { opinion: '请核对' }),
  }),
  seen: [],
  shows: () => false,
});

export const takeOverCases: Cases = {
  'Query.takeOverPreview': {
    ask: (f, exists) => ({
      query: 'query T($id: ID!) { takeOverPreview(id: $id) { name } }',
      variables: { id: exists ? f.resourceId : nothing() },
    }),
    seen: INTAKE_READERS,
    shows: (answer) => answer.errors === undefined,
  },
  'Mutation.proposeTakeOver': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: ProposeTakeOverInput!) { proposeTakeOver(input: $input) { resource { id } errors { code message path } } }',
      variables: input(exists ? f.resourceId : nothing(), { shownHash: '' }),
    }),
    seen: PROPOSE,
    // Its version is never what is said here: who may propose is told so, everybody else that there is none.
    shows: (answer) => JSON.stringify(answer.data).includes('VERSION_CONFLICT'),
  },
  'Mutation.approveTakeOver': decided('approveTakeOver'),
  'Mutation.returnTakeOver': decided('returnTakeOver'),
  'Mutation.withdrawTakeOver': decided('withdrawTakeOver'),
};
