import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

const runs: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['importRuns']);

/** An import changes lists of any feature: what it touched is read again. */
const everything: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(
    cache,
    cache
      .inspectFields('Query')
      .map(({ fieldName }) => fieldName)
      .filter((name) => name !== 'viewer' && name !== 'console'),
  );

export const importsCache = {
  keys: {
    // Its page's columns are read whole or not at all, so that a kind lives inside what names it.
    ImportKind: embedded,
    ImportColumn: embedded,
    ImportProblem: embedded,
    ImportSampleRow: embedded,
    ImportRunConnection: embedded,
    ImportRunEdge: embedded,
    ImportRunPayload: embedded,
    ImportRunChange: embedded,
  },
  updates: { Mutation: { startImport: runs, applyImport: everything, discardImport: runs } },
} satisfies CacheExchangeOpts;
