import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ConsoleClient } from '../console-client.ts';
import { type Cases, CLOSED, type Clients, type NodeIds } from './case.ts';

/** Common costs belong to nobody in particular; what was spread of them is the whole province's, and nothing to others. */
const change = (mutation: string, input: string, fields: Record<string, unknown>) => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { sharedPool { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...fields } },
  }),
});

export const sharedCostCases: Cases = {
  'Query.sharedPools': { ...CLOSED, ask: () => ({ query: '{ sharedPools { totalCount } }' }) },
  'Query.sharedSpreads': {
    ...CLOSED,
    ask: () => ({ query: '{ sharedSpreads(month: "2026-11") { month spread unallocated pool { code } } }' }),
  },
  'Mutation.createSharedPool': change('createSharedPool', 'CreateSharedPoolInput', {
    ...{ code: 'No Code', nameZh: '无', nameEn: 'none', kind: 'OTHER', centerId: toNodeId('Center', newId()) },
  }),
  'Mutation.addSharedPoolVersion': change('addSharedPoolVersion', 'AddSharedPoolVersionInput', {
    ...{ poolId: toNodeId('SharedPool', newId()), fromMonth: '2199-01', method: 'FIXED', monthlyAmount: '1' },
    ...{ basis: 'AMOUNT', reason: '无' },
  }),
  'Mutation.withdrawSharedPoolVersion': change('withdrawSharedPoolVersion', 'WithdrawSharedPoolVersionInput', {
    id: toNodeId('SharedPoolVersion', newId()),
  }),
};

export async function sharedCostNodes(clients: Clients): Promise<NodeIds> {
  const { sharedPools } = await (clients.get('finance') as ConsoleClient).data(
    '{ sharedPools(first: 1) { nodes { id } } }',
  );
  return { SharedPool: [sharedPools.nodes[0].id, 'open'] };
}
