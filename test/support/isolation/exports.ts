import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { type Cases, CLOSED, type Clients, type Foreign, type NodeIds } from './case.ts';

const act = (mutation: string): Cases[string] => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: ExportTokenActInput!) { ${mutation}(input: $input) { token { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), id: toNodeId('ExportToken', newId()), expectedVersion: 1 } },
  }),
});

/** No worker runs here, so nothing is closed: whose lines a file holds is api/exports.spec (invariant 16). */
export const exportCases: Cases = {
  'Query.exportMonths': { ...CLOSED, ask: () => ({ query: '{ exportMonths { month amount } }' }) },
  'Query.exportTokens': { ...CLOSED, ask: () => ({ query: '{ exportTokens(first: 1) { pageInfo { endCursor } } }' }) },
  'Mutation.createExportToken': {
    ...CLOSED,
    ask: (f) => ({
      query:
        'mutation M($input: CreateExportTokenInput!) { createExportToken(input: $input) { secret errors { code message path } } }',
      variables: {
        input: {
          ...{ idempotencyKey: newId(), kind: 'PERSONAL', purpose: '', exports: [], days: 0 },
          departmentId: f.departmentId,
        },
      },
    }),
  },
  'Mutation.approveExportToken': act('approveExportToken'),
  'Mutation.revokeExportToken': act('revokeExportToken'),
};

/** Its owner's, and the security administrator's to stop. */
export async function exportNodes(clients: Clients, _foreign: Foreign): Promise<NodeIds> {
  const made = await clients
    .get('finance')
    ?.data('mutation M($input: CreateExportTokenInput!) { createExportToken(input: $input) { token { id } } }', {
      input: { idempotencyKey: newId(), kind: 'PERSONAL', purpose: '隔离测试', exports: ['FOCUS'], days: 1 },
    });
  return { ExportToken: [made.createExportToken.token.id, ['finance', 'secadmin']] };
}
