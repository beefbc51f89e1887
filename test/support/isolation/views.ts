import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ConsoleClient } from '../console-client.ts';
import { type Cases, CLOSED, type Clients, type NodeIds } from './case.ts';

/** Saved views: each one's own, so that nobody at all sees another's. */
export const viewCases: Cases = {
  'Query.savedViews': {
    ...CLOSED,
    ask: (_f, exists) => ({
      query: 'query V($list: String!) { savedViews(list: $list) { id } }',
      variables: { list: exists ? 'isolation' : 'no-such-list' },
    }),
  },
  'Mutation.saveView': {
    ...CLOSED,
    ask: () => ({
      query: 'mutation M($input: SaveViewInput!) { saveView(input: $input) { view { name } errors { code } } }',
      variables: { input: { list: 'other', name: 'x', state: '{}', idempotencyKey: newId() } },
    }),
  },
  'Mutation.deleteView': {
    ...CLOSED,
    ask: () => ({
      query: 'mutation M($input: DeleteViewInput!) { deleteView(input: $input) { deletedId errors { code path } } }',
      variables: { input: { id: toNodeId('SavedView', newId()), idempotencyKey: newId() } },
    }),
  },
};

export async function viewNodes(clients: Clients): Promise<NodeIds> {
  const reviewer = clients.get('reviewer') as ConsoleClient;
  const { saveView } = await reviewer.data(
    'mutation M($input: SaveViewInput!) { saveView(input: $input) { view { id } } }',
    { input: { list: 'isolation', name: 'mine', state: '{}', idempotencyKey: newId() } },
  );
  return { SavedView: [saveView.view.id, ['reviewer']] };
}
