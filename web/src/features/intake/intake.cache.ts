import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
// Handed in, or given up: a machine beside the record tells of the batch it waits in.
const batches: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['intakeBatches', 'unrecordedMachines']);

export const intakeCache = {
  keys: {
    Reconciliation: embedded,
    AddressReconciliation: embedded,
    AddressDifference: embedded,
    AddressDifferenceConnection: embedded,
    AddressDifferenceEdge: embedded,
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
      prepareIntake: batches,
      prepareAddressIntake: batches,
      returnIntake: batches,
      withdrawIntake: batches,
      // What is taken in is beside the record no longer.
      approveIntake: (_result, _args, cache) =>
        invalidateQueries(cache, [
          'intakeBatches',
          'reconciliation',
          'unrecordedMachines',
          'addressReconciliation',
          'addressDifferences',
          'resources',
          'networks',
          'network',
          'quotas',
        ]),
    },
  },
} satisfies CacheExchangeOpts;
