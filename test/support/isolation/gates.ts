import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ConsoleClient } from '../console-client.ts';
import { type Case, type Cases, CLOSED, type Clients, type NodeIds, REQUESTS_OF_ALL } from './case.ts';

/** Editions belong to nobody in particular; who may not keep them changes nothing, and nobody changes what is not there. */
const onEdition = (mutation: string, input: string, fields: Record<string, unknown>): Case => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { edition { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...fields } },
  }),
});
const noEdition = { id: toNodeId('GateEdition', newId()), expectedVersion: 1 };

export const gateCases: Cases = {
  'Query.gateEditions': { ...CLOSED, ask: () => ({ query: '{ gateEditions { number } }' }) },
  'Query.gateChecks': { ...CLOSED, ask: () => ({ query: '{ gateChecks { check } }' }) },
  // A draft without a word of why is refused, so that asking changes nothing.
  'Mutation.beginGateDraft': onEdition('beginGateDraft', 'BeginGateDraftInput', { note: '' }),
  'Mutation.saveGateDraft': onEdition('saveGateDraft', 'SaveGateDraftInput', {
    ...noEdition,
    note: '',
    effectiveFrom: '2099-01-01',
    rules: [],
  }),
  'Mutation.discardGateDraft': onEdition('discardGateDraft', 'GateEditionActInput', noEdition),
  'Mutation.publishGateEdition': onEdition('publishGateEdition', 'GateEditionActInput', noEdition),
};

/** By what requests are judged is read by whoever asks for something or works on what is asked. */
const GATE_READERS = ['applicant', 'head', 'vendor', ...REQUESTS_OF_ALL, 'city', 'cityfinance', 'secadmin'];

export async function gateNodes(clients: Clients): Promise<NodeIds> {
  const applicant = clients.get('applicant') as ConsoleClient;
  const { gateEditions } = await applicant.data('{ gateEditions { id } }');
  return { GateEdition: [gateEditions[0].id, GATE_READERS] };
}
