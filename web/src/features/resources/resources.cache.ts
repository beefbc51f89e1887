import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

const listsAndCounts: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, [
    'resource',
    'resources',
    'resourcesDue',
    'termExtensions',
    'reclaimCases',
    'resourceTasks',
    'home',
    'centers',
    'departmentUses',
    'useTotal',
  ]);

const takenOver: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['takeOverPreview', 'resourceObjects', 'resource', 'resources', 'reconciliation', 'home']);

export const resourcesCache = {
  keys: {
    ResourceConnection: embedded,
    ResourceEdge: embedded,
    ResourceCondition: embedded,
    ResourceAccelerator: embedded,
    ResourceActionAvailability: embedded,
    ResourcePayload: embedded,
    ResourceChange: embedded,
    ResourceUse: embedded,
    ResourceUseDay: embedded,
    UseFigures: embedded,
    UseEvidence: embedded,
    UseEvidenceFigure: embedded,
    SizeSuggestion: embedded,
    UseSum: embedded,
    DepartmentUse: embedded,
    DepartmentUseConnection: embedded,
    DepartmentUseEdge: embedded,
    ResourceLife: embedded,
    ResourceSnapshots: embedded,
    ConsoleAccess: embedded,
    ConsoleAccessPayload: embedded,
    ResourceBatchPayload: embedded,
    ResourceBatchResult: embedded,
    LifePolicy: (data) => String(data.name),
    LifePoliciesPayload: embedded,
    TermExtensionConnection: embedded,
    TermExtensionEdge: embedded,
    ExtensionPayload: embedded,
    ResourceTaskConnection: embedded,
    ResourceTaskEdge: embedded,
    TakeOverPreview: embedded,
    TakeOverShown: embedded,
    TakeOverDifference: embedded,
    TakeOverConflict: embedded,
    TakeOver: embedded,
  },
  updates: {
    Mutation: {
      releaseResource: listsAndCounts,
      releaseResources: listsAndCounts,
      restoreResource: listsAndCounts,
      purgeResource: listsAndCounts,
      protectResource: listsAndCounts,
      operateResource: listsAndCounts,
      operateResources: listsAndCounts,
      showConsole: listsAndCounts,
      takeSnapshot: listsAndCounts,
      restoreSnapshot: listsAndCounts,
      giveUpRestore: listsAndCounts,
      deleteSnapshot: listsAndCounts,
      reviewResources: listsAndCounts,
      changeLifePolicies: (_result, _args, cache) =>
        invalidateQueries(cache, ['lifePolicies', 'resource', 'resourcesDue']),
      extendTerm: listsAndCounts,
      grantExtension: listsAndCounts,
      refuseExtension: listsAndCounts,
      withdrawExtension: listsAndCounts,
      proposeTakeOver: takenOver,
      approveTakeOver: takenOver,
      returnTakeOver: takenOver,
      withdrawTakeOver: takenOver,
    },
  },
} satisfies CacheExchangeOpts;
