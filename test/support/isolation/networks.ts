import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { type Case, type Cases, CLOSED, type NodeIds } from './case.ts';

/** The place belongs to no department: whoever reads it sees all networks, a department those with an address of its own. */
const act = (mutation: string, inputType: string, input: Record<string, unknown>): Case => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: ${inputType}!) { ${mutation}(input: $input) { network { id } errors { code } } }`,
    variables: { input: { idempotencyKey: newId(), ...input } },
  }),
});
const facts = { code: '', name: '', centerId: toNodeId('Center', newId()), zone: 'INTERNET' };
const nothing = toNodeId('Network', '019abcde-0000-7000-8000-000000000002');

export const networkCases: Cases = {
  'Query.networks': {
    ...CLOSED,
    ask: () => ({ query: 'query { networks(filter: { search: "no such network" }) { totalCount } }' }),
  },
  'Query.network': {
    ...CLOSED,
    ask: () => ({ query: 'query Q($id: ID!) { network(id: $id) { id } }', variables: { id: nothing } }),
  },
  'Mutation.createNetwork': act('createNetwork', 'CreateNetworkInput', { facts }),
  'Mutation.editNetwork': act('editNetwork', 'EditNetworkInput', { id: nothing, expectedVersion: 1, facts }),
  'Mutation.claimAddress': act('claimAddress', 'ClaimAddressInput', { networkId: nothing, purpose: '测试' }),
  'Mutation.releaseAddress': act('releaseAddress', 'ReleaseAddressInput', {
    id: toNodeId('AddressClaim', newId()),
    expectedVersion: 1,
  }),
};

export async function networkNodes(): Promise<NodeIds> {
  return { Network: [nothing, []], AddressClaim: [toNodeId('AddressClaim', newId()), []] };
}
