import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** A group that is judged otherwise counts otherwise. */
const judgedAnew: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['drGroups', 'drGradeCounts', 'drPicture', 'drCenterLoss']);

export const drCache = {
  keys: {
    DrGroupConnection: embedded,
    DrGroupEdge: embedded,
    DrReason: embedded,
    DrTierCenter: embedded,
    DrDataSet: embedded,
    DrDataPlace: embedded,
    DrSignal: embedded,
    DrSignalHistory: embedded,
    DrSignalPoint: embedded,
    DrSignalChange: embedded,
    DrChange: embedded,
    DrLevel: embedded,
    DrElementLevel: embedded,
    DrGradeCount: embedded,
    DrOccupation: embedded,
    DrArbiterPath: embedded,
    DrArbiterReach: embedded,
    DrCenterGroups: embedded,
    DrPicture: embedded,
    DrGroupLoss: embedded,
    DrFateCount: embedded,
    DrRoom: embedded,
    DrCenterLoss: embedded,
    DrGroupPayload: embedded,
    DrLinkPayload: embedded,
    DrLinkModeRequest: embedded,
    DrLinkModeChange: embedded,
  },
  updates: {
    Mutation: {
      composeDrTier: judgedAnew,
      editDrTier: judgedAnew,
      dissolveDrTier: judgedAnew,
      setDrTargets: judgedAnew,
      saveDrProbe: judgedAnew,
      removeDrProbe: judgedAnew,
      setDrLinkPaths: (_result, _args, cache) => invalidateQueries(cache, ['drPicture']),
      askDrLinkMode: (_result, _args, cache) => invalidateQueries(cache, ['drPicture']),
      agreeDrLinkMode: judgedAnew,
      withdrawDrLinkMode: (_result, _args, cache) => invalidateQueries(cache, ['drPicture']),
    },
  },
} satisfies CacheExchangeOpts;
