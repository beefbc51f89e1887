import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { type Case, type Cases, CLOSED, type NodeIds } from './case.ts';

/** Who prepares, reviews or watches intakes; an intake belongs to the big-data center, whichever department it names. */
const INTAKE_READERS = ['reviewer', 'allocator', 'facility', 'authority'];

/** A list that answers, empty or not: of nobody in particular, and shut to all others. */
const list = (field: string): Case => ({
  ask: () => ({ query: `query Q { ${field}(first: 1) { totalCount } }` }),
  seen: INTAKE_READERS,
  shows: (answer) => answer.errors === undefined,
});
const act = (mutation: string): Case => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: IntakeActInput!) { ${mutation}(input: $input) { batch { id } errors { code } } }`,
    variables: {
      input: { id: toNodeId('IntakeBatch', newId()), idempotencyKey: newId(), expectedVersion: 1, opinion: '同意' },
    },
  }),
});

export const intakeCases: Cases = {
  'Query.intakeBatches': list('intakeBatches'),
  'Query.unrecordedMachines': list('unrecordedMachines'),
  'Query.reconciliation': {
    ask: () => ({ query: '{ reconciliation { recorded } }' }),
    seen: INTAKE_READERS,
    shows: (answer) => answer.errors === undefined,
  },
  'Query.intakeBatch': {
    ...CLOSED,
    ask: () => ({
      query: 'query Q($id: ID!) { intakeBatch(id: $id) { id } }',
      variables: { id: toNodeId('IntakeBatch', '019abcde-0000-7000-8000-000000000001') },
    }),
  },
  'Query.addressReconciliation': {
    ask: () => ({ query: '{ addressReconciliation { claimed } }' }),
    seen: INTAKE_READERS,
    shows: (answer) => answer.errors === undefined,
  },
  'Query.addressDifferences': list('addressDifferences'),
  'Mutation.prepareAddressIntake': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: PrepareAddressIntakeInput!) { prepareAddressIntake(input: $input) { batch { id } errors { code } } }',
      variables: { input: { idempotencyKey: newId(), networkId: toNodeId('Network', newId()) } },
    }),
  },
  'Mutation.prepareIntake': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: PrepareIntakeInput!) { prepareIntake(input: $input) { batch { id } errors { code } } }',
      variables: { input: { idempotencyKey: newId(), items: [] } },
    }),
  },
  'Mutation.approveIntake': act('approveIntake'),
  'Mutation.returnIntake': act('returnIntake'),
  'Mutation.withdrawIntake': act('withdrawIntake'),
};

export async function intakeNodes(): Promise<NodeIds> {
  return {
    IntakeBatch: [toNodeId('IntakeBatch', newId()), []],
    UnrecordedMachine: [toNodeId('UnrecordedMachine', newId()), []],
  };
}
