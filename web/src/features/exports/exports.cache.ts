import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const listed: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['exportTokens']);

export const exportsCache = {
  keys: {
    ExportMonth: embedded,
    ExportTokenConnection: embedded,
    ExportTokenEdge: embedded,
    ExportTokenPayload: embedded,
    CreateExportTokenPayload: embedded,
  },
  updates: {
    Mutation: { createExportToken: listed, approveExportToken: listed, revokeExportToken: listed },
  },
} satisfies CacheExchangeOpts;
