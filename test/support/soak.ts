/**
 * Of models on a database: a shorter way to the same failure is looked for by hundreds of further runs, for which whoever
 * wants to know first that there is one does not wait. `JIYUN_SHRINK=yes` looks for it.
 */
export const ENDS_ON_FAILURE = process.env.JIYUN_SHRINK !== 'yes';

/** Whether this is `npm run soak`: what `npm test` takes a sample of is gone through whole. */
export const SOAKS = process.env.JIYUN_SOAK !== undefined;

/** In `npm run soak`: how often what was tried, so that whoever reads it sees a test of something. */
export function sayInSoak(model: string, happened: ReadonlyMap<string, number>): void {
  if (!SOAKS) return;
  const each = [...happened].toSorted(([one], [other]) => one.localeCompare(other)).map(([what, n]) => `${what} ${n}`);
  process.stderr.write(`soak: ${model}: ${each.join(', ')}\n`);
}
