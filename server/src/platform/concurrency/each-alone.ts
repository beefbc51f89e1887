import { isConnectionLost } from '../database/connection-errors.js';

/**
 * One after the other, each for itself: one that fails keeps no other from its turn, now or in the next round, in which it
 * would stand first again. What failed is thrown at the end, together. Without a database nothing has a turn.
 */
export async function eachAlone<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items)
    try {
      await work(item);
    } catch (error) {
      if (isConnectionLost(error)) throw error;
      failures.push(error);
    }
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures, textOf(failures));
}

function textOf(failures: readonly unknown[]): string {
  const [first] = failures;
  return `${failures.length} failed, the first: ${first instanceof Error ? first.message : String(first)}`;
}
