import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

const embedded = () => null;

export const intakeCache = {
  keys: {
    Reconciliation: embedded,
    UnrecordedMachineConnection: embedded,
    UnrecordedMachineEdge: embedded,
    IntakeBatchConnection: embedded,
    IntakeBatchEdge: embedded,
    IntakeItemConnection: embedded,
    IntakeItemEdge: embedded,
    IntakeItem: embedded,
    IntakeActionAvailability: embedded,
    IntakePayload: embedded,
  },
  updates: {
    Mutation: {
      // What is taken in is beside the record no longer.
      prepareIntake: (_result, _args, cache) => cache.invalidate('Query', 'intakeBatches'),
      returnIntake: (_result, _args, cache) => cache.invalidate('Query', 'intakeBatches'),
      withdrawIntake: (_result, _args, cache) => cache.invalidate('Query', 'intakeBatches'),
      approveIntake: (_result, _args, cache) => {
        for (const field of [
          'intakeBatches',
          'reconciliation',
          'unrecordedMachines',
          'resources',
          'networks',
          'network',
          'quotas',
        ])
          cache.invalidate('Query', field);
      },
    },
  },
} satisfies CacheExchangeOpts;
