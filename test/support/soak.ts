/**
 * Of models on a database: a shorter way to the same failure is looked for by hundreds of further runs, for which whoever
 * wants to know first that there is one does not wait. `JIYUN_SHRINK=yes` looks for it.
 */
export const ENDS_ON_FAILURE = process.env.JIYUN_SHRINK !== 'yes';

/** Whether this is `npm run soak`: what `npm test` takes a sample of is gone through whole. */
export const SOAKS = process.env.JIYUN_SOAK !== undefined;
