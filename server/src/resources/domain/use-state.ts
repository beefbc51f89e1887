/** Decides whether what a machine uses is known at this moment. */
export const USE_STATES = ['CURRENT', 'OLD', 'NEVER', 'NOT_MEASURED'] as const;
export type UseState = (typeof USE_STATES)[number];

/** Six readings missed: what a machine uses now is not known any more. */
export const USE_MAX_AGE_MS = 30 * 60_000;

export function useStateOf(measured: boolean, lastSampleAt: Date | null, now: Date): UseState {
  if (!measured) return 'NOT_MEASURED';
  if (lastSampleAt === null) return 'NEVER';
  return now.getTime() - lastSampleAt.getTime() > USE_MAX_AGE_MS ? 'OLD' : 'CURRENT';
}
