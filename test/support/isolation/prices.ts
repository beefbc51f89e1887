import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ConsoleClient } from '../console-client.ts';
import { type Cases, CLOSED, type Clients, type NodeIds } from './case.ts';

/** Prices belong to nobody in particular: who may read them reads all, and nobody changes one that is not there. */
const change = (mutation: string, input: string, fields: Record<string, unknown>) => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { priceItem { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...fields } },
  }),
});
const nothing = toNodeId('PriceVersion', newId());

export const priceCases: Cases = {
  'Query.priceItems': { ...CLOSED, ask: () => ({ query: '{ priceItems(search: "VCPU") { totalCount } }' }) },
  'Mutation.createPriceItem': change('createPriceItem', 'CreatePriceItemInput', {
    meter: 'no meter',
    nameZh: '无',
    nameEn: 'none',
    unitZh: '个',
    unitEn: 'unit',
  }),
  'Mutation.addPriceVersion': change('addPriceVersion', 'AddPriceVersionInput', {
    itemId: toNodeId('PriceItem', newId()),
    from: '2199-01-01',
    unitPrice: '1',
    reason: '无',
  }),
  'Mutation.endPriceVersion': change('endPriceVersion', 'EndPriceVersionInput', {
    id: nothing,
    expectedVersion: 1,
    to: '2199-01-01',
    reason: '无',
  }),
  'Mutation.withdrawPriceVersion': change('withdrawPriceVersion', 'WithdrawPriceVersionInput', {
    id: nothing,
    expectedVersion: 1,
  }),
};

export async function priceNodes(clients: Clients): Promise<NodeIds> {
  const { priceItems } = await (clients.get('finance') as ConsoleClient).data(
    '{ priceItems(first: 1) { nodes { id } } }',
  );
  return { PriceItem: [priceItems.nodes[0].id, 'open'] };
}
