import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { FilesService } from '../../../server/src/files/files.service.js';
import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { AssetsService } from '../../../server/src/spend/assets.service.js';
import { ContractsService } from '../../../server/src/spend/contracts.service.js';
import { DisposalsService } from '../../../server/src/spend/disposals.service.js';
import { checkSignOf } from '../../../server/src/spend/domain/credit-code.js';
import { EntriesService } from '../../../server/src/spend/entries.service.js';
import { SupplementsService } from '../../../server/src/spend/supplements.service.js';
import { viewerWith } from '../application.ts';
import type { TestConsole } from '../console.ts';
import type { GraphqlAnswer } from '../console-client.ts';
import { idOf } from '../request-journey.ts';
import { byId, type Case, type Cases, CLOSED, type Clients, type Foreign, has, listed, type NodeIds } from './case.ts';

/** Spend belongs to no department: who may read it reads all, and no department, city or vendor ever sees any. */
const SPEND_READERS = ['authority', 'leader', 'finance'];
const SPEND_KEEPERS = ['finance'];
const MONTH = '2026-11';
type SpendId =
  | 'supplierId'
  | 'contractId'
  | 'contractEntryId'
  | 'contractSupplementId'
  | 'ownedAssetId'
  | 'assetDisposalId';

const refused = (answer: GraphqlAnswer<Record<string, never>>) => JSON.stringify(answer.data ?? null).includes('code');
/** Nobody's to see but finance's: to all others it is forbidden, whatever it names. */
const act = (mutation: string, input: string, fields: string, values: Record<string, unknown>): Case => ({
  ask: () => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { ${fields} errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...values } },
  }),
  seen: SPEND_KEEPERS,
  shows: refused,
});
const decide = (mutation: string, type: string, fields: string): Case =>
  act(mutation, 'SpendActInput', fields, { id: toNodeId(type, newId()), expectedVersion: 1 });
const ofContract = { contractId: toNodeId('Contract', newId()), onDate: '2026-11-01' };

export const spendCases: Cases = {
  'Query.suppliers': {
    ask: (_f, exists) => ({ query: `{ suppliers(search: ${exists ? 'null' : '"nobody"'}) { totalCount } }` }),
    seen: SPEND_READERS,
    shows: listed('suppliers'),
  },
  'Query.contracts': {
    ask: (_f, exists) => ({
      query: `{ contracts(filter: { search: ${exists ? 'null' : '"nothing"'} }) { totalCount } }`,
    }),
    seen: SPEND_READERS,
    shows: listed('contracts'),
  },
  'Query.contractTotals': {
    ask: () => ({ query: '{ contractTotals { count figures { paid } } }' }),
    seen: SPEND_READERS,
    shows: has('contractTotals'),
  },
  'Query.contract': {
    ask: byId(
      'contract',
      (f) => f.contractId,
      () => toNodeId('Contract', newId()),
    ),
    seen: SPEND_READERS,
    shows: has('contract', 'id'),
  },
  'Query.contractEntries': {
    ask: (f, exists) => ({
      query: 'query E($id: ID!) { contractEntries(filter: { contractId: $id }) { totalCount } }',
      variables: { id: exists ? f.contractId : toNodeId('Contract', newId()) },
    }),
    seen: SPEND_READERS,
    shows: listed('contractEntries'),
  },
  'Query.contractEntrySums': {
    ask: () => ({ query: '{ contractEntrySums { confirmed waiting } }' }),
    seen: SPEND_READERS,
    shows: has('contractEntrySums'),
  },
  'Query.deductionProposals': {
    ask: () => ({ query: `{ deductionProposals(month: "${MONTH}") { totalCount proposals { contract { id } } } }` }),
    seen: SPEND_READERS,
    shows: has('deductionProposals'),
  },
  'Query.previewDeduction': {
    ...CLOSED,
    ask: () => ({
      query: `query P($id: ID!) { previewDeduction(contractId: $id, month: "${MONTH}", downMinutes: 1) { errors { code } } }`,
      variables: { id: toNodeId('Contract', newId()) },
    }),
  },
  'Query.ownedAssets': {
    ask: (_f, exists) => ({ query: `{ ownedAssets(search: ${exists ? 'null' : '"nothing"'}) { totalCount } }` }),
    seen: SPEND_READERS,
    shows: listed('ownedAssets'),
  },
  'Query.spendReconciliation': {
    ask: () => ({ query: '{ spendReconciliation(year: 2026) { total { spend accounted unallocated } } }' }),
    seen: SPEND_READERS,
    shows: has('spendReconciliation'),
  },
  'Query.duePayments': {
    ask: () => ({ query: '{ duePayments { count rest payments { dueOn contract { id } } } }' }),
    seen: SPEND_READERS,
    shows: has('duePayments'),
  },
  'Query.reconciliationDetail': {
    ask: () => ({
      query: `{ reconciliationDetail(month: "${MONTH}") { cell { spend } accounted { amount } differences { id } } }`,
    }),
    seen: SPEND_READERS,
    shows: has('reconciliationDetail'),
  },
  'Mutation.createSupplier': act('createSupplier', 'CreateSupplierInput', 'supplier { id }', {
    creditCode: 'none',
    name: '',
  }),
  'Mutation.enterContract': act('enterContract', 'EnterContractInput', 'contract { id }', {
    ...{ supplierId: toNodeId('Supplier', newId()), number: '', name: '', kind: 'OTHER', ceiling: '1' },
    ...{ from: '2026-01-01', to: '2027-01-01' },
  }),
  'Mutation.confirmContract': decide('confirmContract', 'Contract', 'contract { id }'),
  'Mutation.withdrawContract': decide('withdrawContract', 'Contract', 'contract { id }'),
  'Mutation.enterContractSupplement': act(
    'enterContractSupplement',
    'EnterContractSupplementInput',
    'supplement { id }',
    {
      ...{
        contractId: toNodeId('Contract', newId()),
        number: 'x',
        signedOn: '2026-06-01',
        from: '2026-07-01',
        reason: 'x',
      },
    },
  ),
  'Mutation.confirmContractSupplement': decide('confirmContractSupplement', 'ContractSupplement', 'supplement { id }'),
  'Mutation.withdrawContractSupplement': decide(
    'withdrawContractSupplement',
    'ContractSupplement',
    'supplement { id }',
  ),
  'Mutation.reverseAssetDisposal': act('reverseAssetDisposal', 'ReverseAssetDisposalInput', 'disposal { id }', {
    ...{ id: toNodeId('OwnedAssetDisposal', newId()), document: 'x', reason: 'x' },
  }),
  'Mutation.recordAcceptance': act('recordAcceptance', 'RecordAcceptanceInput', 'entry { id }', {
    ...ofContract,
    amount: '1',
    fileIds: [],
  }),
  'Mutation.recordDeduction': act('recordDeduction', 'RecordDeductionInput', 'entry { id }', {
    ...{ ...ofContract, month: MONTH, downMinutes: 1, fileIds: [] },
  }),
  'Mutation.deductByRecord': act('deductByRecord', 'RecordedDeductionInput', 'entry { id }', {
    ...{ ...ofContract, month: MONTH },
  }),
  'Mutation.enterPayment': act('enterPayment', 'EnterPaymentInput', 'entry { id }', {
    ...{ ...ofContract, amount: '1', voucher: 'x', from: '2026-01-01', to: '2026-02-01' },
  }),
  'Mutation.reverseContractEntry': act('reverseContractEntry', 'ReverseEntryInput', 'entry { id }', {
    ...{ id: toNodeId('ContractEntry', newId()), onDate: '2026-11-01', note: 'x' },
  }),
  'Mutation.confirmContractEntry': decide('confirmContractEntry', 'ContractEntry', 'entry { id }'),
  'Mutation.withdrawContractEntry': decide('withdrawContractEntry', 'ContractEntry', 'entry { id }'),
  'Mutation.enterOwnedAsset': act('enterOwnedAsset', 'EnterOwnedAssetInput', 'asset { id }', {
    ...{ code: '', name: '', centerId: toNodeId('Center', newId()), acquiredOn: '2026-01-01' },
    ...{ cost: '1', residual: '0', lifeMonths: 1 },
  }),
  'Mutation.confirmOwnedAsset': decide('confirmOwnedAsset', 'OwnedAsset', 'asset { id }'),
  'Mutation.withdrawOwnedAsset': decide('withdrawOwnedAsset', 'OwnedAsset', 'asset { id }'),
  'Mutation.changeAssetUpkeep': act('changeAssetUpkeep', 'ChangeUpkeepInput', 'asset { id }', {
    ...{ id: toNodeId('OwnedAsset', newId()), from: MONTH, maintenance: '0', power: '0', reason: '' },
  }),
  'Mutation.disposeOwnedAsset': act('disposeOwnedAsset', 'DisposeOwnedAssetInput', 'disposal { id }', {
    ...{ assetId: toNodeId('OwnedAsset', newId()), disposedOn: '2026-06-01', document: 'x', reason: 'x' },
  }),
  'Mutation.confirmAssetDisposal': decide('confirmAssetDisposal', 'OwnedAssetDisposal', 'disposal { id }'),
  'Mutation.withdrawAssetDisposal': decide('withdrawAssetDisposal', 'OwnedAssetDisposal', 'disposal { id }'),
  'Mutation.explainDifference': act('explainDifference', 'ExplainDifferenceInput', 'differenceId', {
    ...{ month: MONTH, reason: 'OTHER', amount: '0' },
  }),
  'Mutation.takeBackDifference': act('takeBackDifference', 'TakeBackDifferenceInput', 'differenceId', {
    ...{ id: toNodeId('SpendDifference', newId()), note: '' },
  }),
};

/** A contract in force with an acceptance, by two people of finance, and an asset that waits for the second. */
export async function foreignSpend({ application }: TestConsole): Promise<Pick<Foreign, SpendId>> {
  const get = <T>(type: new (...args: never[]) => T): T => application.get(type, { strict: false });
  const [clerk, checker] = [viewerWith(['FINANCE'], null), viewerWith(['FINANCE'], null)];
  const [contracts, entries] = [get(ContractsService), get(EntriesService)];
  const body = '91320000MA7777777';
  const supplierId = idOf(
    await contracts.createSupplier(clerk, {
      ...{
        idempotencyKey: newId(),
        creditCode: `${body}${checkSignOf(body)}`,
        name: '隔离测试供应商',
        contact: '',
        phone: '',
      },
    }),
  );
  const contractId = idOf(
    await contracts.enter(clerk, {
      ...{ idempotencyKey: newId(), supplierId, number: '隔离-1', name: '隔离测试', kind: 'OTHER', currency: 'CNY' },
      ...{ ceiling: 100n, from: '2026-01-01', to: '2027-01-01', note: '', services: [], shares: [], instalments: [] },
      assessment: null,
    }),
  );
  idOf(await contracts.decide(checker, 'CONFIRM', { idempotencyKey: newId(), id: contractId, expectedVersion: 1 }));
  const supplementId = idOf(
    await get(SupplementsService).enter(clerk, {
      ...{ idempotencyKey: newId(), contractId, number: '隔离-补-1', signedOn: '2026-06-01', from: '2026-07-01' },
      ...{ reason: '隔离测试', ceiling: 200n, advanceLimit: null, to: null, services: null, assessment: null },
    }),
  );
  const file = await get(FilesService).upload({ name: '验收单.pdf', bytes: Buffer.from('%PDF-1.7') }, clerk);
  const wish = { idempotencyKey: newId(), contractId, amount: 10n, onDate: '2026-06-30', note: '' };
  const entryId = idOf(await entries.accept(clerk, { ...wish, fileIds: [idOf(file)] }));
  const [center] = await get(FacilitiesService).centers();
  const assetId = idOf(
    await get(AssetsService).enter(clerk, {
      ...{
        idempotencyKey: newId(),
        code: 'GL-1',
        name: '隔离测试',
        centerId: center?.id ?? '',
        acquiredOn: '2026-01-01',
      },
      ...{ cost: 1n, residual: 0n, lifeMonths: 1, maintenance: 0n, power: 0n },
    }),
  );
  idOf(
    await get(AssetsService).decide(checker, 'CONFIRM', { idempotencyKey: newId(), id: assetId, expectedVersion: 1 }),
  );
  const disposalId = idOf(
    await get(DisposalsService).enter(clerk, {
      ...{ idempotencyKey: newId(), assetId, disposedOn: '2026-06-01', proceeds: 0n, document: '隔离', reason: '隔离' },
    }),
  );
  return {
    assetDisposalId: toNodeId('OwnedAssetDisposal', disposalId),
    supplierId: toNodeId('Supplier', supplierId),
    contractId: toNodeId('Contract', contractId),
    contractSupplementId: toNodeId('ContractSupplement', supplementId),
    contractEntryId: toNodeId('ContractEntry', entryId),
    ownedAssetId: toNodeId('OwnedAsset', assetId),
  };
}

export async function spendNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return {
    Supplier: [foreign.supplierId, SPEND_READERS],
    Contract: [foreign.contractId, SPEND_READERS],
    ContractEntry: [foreign.contractEntryId, SPEND_READERS],
    ContractSupplement: [foreign.contractSupplementId, SPEND_READERS],
    OwnedAsset: [foreign.ownedAssetId, SPEND_READERS],
    OwnedAssetDisposal: [foreign.assetDisposalId, SPEND_READERS],
  };
}
