import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ConsoleClient } from '../console-client.ts';
import { type Case, type Cases, CLOSED, type Clients, type NodeIds } from './case.ts';

const NO_DEPARTMENT = toNodeId('Department', newId());
const noEdition = { id: toNodeId('SelfBuildEdition', newId()), expectedVersion: 1 };

/** Editions belong to nobody in particular; who may not keep them changes nothing, and nobody changes what is not there. */
const onEdition = (mutation: string, input: string, fields: Record<string, unknown>): Case => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { edition { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...fields } },
  }),
});

/** No worker runs here, so nothing was in use: what of another's use somebody sees is selfbuild/self-build.spec (invariant 16). */
export const selfBuildCases: Cases = {
  'Query.selfBuildEditions': { ...CLOSED, ask: () => ({ query: '{ selfBuildEditions { number } }' }) },
  'Query.selfBuildComparison': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'query C($id: ID) { selfBuildComparison(departmentId: $id, first: "2026-10", last: "2026-10", years: 5) { subjectName selfBuild jiyun } }',
      variables: { id: exists ? f.departmentId : NO_DEPARTMENT },
    }),
  },
  // A draft without a word of why is refused, so that asking changes nothing.
  'Mutation.beginSelfBuildDraft': onEdition('beginSelfBuildDraft', 'BeginSelfBuildDraftInput', { note: '' }),
  'Mutation.saveSelfBuildDraft': onEdition('saveSelfBuildDraft', 'SaveSelfBuildDraftInput', {
    ...{ ...noEdition, note: '', effectiveFrom: '2099-01-01', assumptions: [] },
  }),
  'Mutation.discardSelfBuildDraft': onEdition('discardSelfBuildDraft', 'SelfBuildEditionActInput', noEdition),
  'Mutation.publishSelfBuildEdition': onEdition('publishSelfBuildEdition', 'SelfBuildEditionActInput', noEdition),
};

/** A draft is for those who write it and put it in force: finance. */
export async function selfBuildNodes(clients: Clients): Promise<NodeIds> {
  const finance = clients.get('finance') as ConsoleClient;
  const { beginSelfBuildDraft } = await finance.data(
    'mutation B($input: BeginSelfBuildDraftInput!) { beginSelfBuildDraft(input: $input) { edition { id } } }',
    { input: { idempotencyKey: newId(), note: '首版' } },
  );
  return { SelfBuildEdition: [beginSelfBuildDraft.edition.id, ['finance']] };
}
