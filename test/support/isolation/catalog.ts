import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ConsoleClient } from '../console-client.ts';
import { type Case, type Cases, CLOSED, type Clients, type NodeIds } from './case.ts';

/** The catalog belongs to nobody in particular; who may not keep it changes nothing, and nobody changes what is not there. */
const act = (mutation: string, input: string, fields: Record<string, unknown>): Case => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { entry { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...fields } },
  }),
});
const entry = { id: toNodeId('ServerOffer', newId()), expectedVersion: 1 };
// No code is that, so that asking changes nothing.
const nameless = { code: '?', name: '' };
const definition = {
  nameZh: '',
  nameEn: '',
  summaryZh: '',
  summaryEn: '',
  unitZh: '',
  unitEn: '',
  quantityMaximum: 1,
  fulfilment: 'WORK_ORDER',
  fields: [],
};

export const catalogCases: Cases = {
  'Mutation.addOffer': act('addOffer', 'AddOfferInput', {
    ...nameless,
    architecture: 'ARM64',
    domesticCpu: true,
    vcpu: 1,
    memoryMib: 1024,
  }),
  'Mutation.addServerOffer': act('addServerOffer', 'AddServerOfferInput', {
    ...nameless,
    architecture: 'ARM64',
    cpuMaker: 'KUNPENG',
    cores: 1,
    memoryMib: 1024,
    disks: 'x',
  }),
  'Mutation.addCabinetOffer': act('addCabinetOffer', 'AddCabinetOfferInput', {
    ...nameless,
    form: 'UNIT',
    zone: 'INTERNET',
    heightUnits: 1,
    includedW: 0,
  }),
  'Mutation.addImage': act('addImage', 'AddImageInput', {
    ...nameless,
    architecture: 'ARM64',
    url: 'https://images.example/x',
    minimumDiskGib: 20,
  }),
  'Mutation.addService': act('addService', 'AddServiceInput', { code: '?', definition }),
  'Mutation.reviseService': act('reviseService', 'ReviseServiceInput', { ...entry, definition }),
  'Mutation.renameOffer': act('renameOffer', 'RenameCatalogEntryInput', { ...entry, name: '新' }),
  'Mutation.withdrawOffer': act('withdrawOffer', 'CatalogEntryInput', entry),
  'Mutation.restoreOffer': act('restoreOffer', 'CatalogEntryInput', entry),
};

export async function catalogNodes(clients: Clients): Promise<NodeIds> {
  const { catalog } = await (clients.get('applicant') as ConsoleClient).data(
    '{ catalog { serverOffers { id } cabinetOffers { id } services { id definition { id } } } }',
  );
  return {
    ServerOffer: [catalog.serverOffers[0].id, 'open'],
    CabinetOffer: [catalog.cabinetOffers[0].id, 'open'],
    ServiceOffer: [catalog.services[0].id, 'open'],
    ServiceDefinition: [catalog.services[0].definition.id, 'open'],
  };
}
