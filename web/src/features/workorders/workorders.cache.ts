import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
/** An act moves its order in every list, and what it keeps in rooms, spaces and port sets. */
const lists: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['workOrders', 'workWindows', 'hostedEquipment', 'givenSpaces', 'portSets', 'backups']);
/** A policy that people carry out is a work order, too. */
const policies: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['networkPolicies', 'workOrders']);
/** What becomes of a backup moves it in every list; a restore is a work order, too. */
const backups: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['backups', 'workOrders']);
const companies: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['providerCompanies']);

export const workordersCache = {
  keys: {
    WorkOrderConnection: embedded,
    WorkOrderEdge: embedded,
    WorkOrderPayload: embedded,
    WorkOrderEvent: embedded,
    WorkOrderThing: embedded,
    WorkEntrant: embedded,
    WorkWindow: embedded,
    PortClaim: embedded,
    EquipmentPlace: embedded,
    HostedEquipmentConnection: embedded,
    HostedEquipmentEdge: embedded,
    ProviderCompanyPayload: embedded,
    PortSetPayload: embedded,
    NetworkPolicyConnection: embedded,
    NetworkPolicyEdge: embedded,
    NetworkPolicyPayload: embedded,
    NetworkPolicySite: embedded,
    BackupConnection: embedded,
    BackupEdge: embedded,
    BackupPayload: embedded,
    BackupRun: embedded,
    DataCopy: embedded,
    DataCopyCount: embedded,
    DataCopyList: embedded,
  },
  updates: {
    Mutation: {
      createWorkOrder: lists,
      editWorkOrder: lists,
      openWorkOrder: lists,
      assignWorkOrder: lists,
      recordWorkStep: lists,
      submitWorkOrder: lists,
      returnWorkOrder: lists,
      acceptWorkOrder: lists,
      handBackWorkOrder: lists,
      startWorkOrder: lists,
      issueReleaseSlip: lists,
      suspendWorkOrder: lists,
      resumeWorkOrder: lists,
      finishWorkOrder: lists,
      reworkWorkOrder: lists,
      confirmWorkOrder: lists,
      cancelWorkOrder: lists,
      saveProviderCompany: companies,
      createPortSet: lists,
      resizePortSet: lists,
      applyNetworkPolicy: policies,
      allowNetworkPolicy: policies,
      rejectNetworkPolicy: policies,
      endNetworkPolicy: policies,
      setUpBackup: backups,
      recordBackupRun: backups,
      suspendBackup: backups,
      resumeBackup: backups,
      endBackup: backups,
      requestRestore: backups,
    },
  },
} satisfies CacheExchangeOpts;
