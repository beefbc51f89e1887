import { PACE, type Pace } from '../../server/src/provisioning/provisioning.types.js';

/** As in production, only sooner. */
export const FAST: Pace = {
  ...PACE,
  leaseLifeMs: 1_500,
  leaseRenewMs: 150,
  resyncEveryMs: 700,
  placesEveryMs: 700,
  besideEveryMs: 200,
  sweepEveryMs: 400,
  probeEveryMs: 300,
  backoff: { firstMs: 20, mostMs: 300 },
  refusedRetryMs: 500,
  registerAgainMs: 500,
  quotaRetryMs: 300,
};
