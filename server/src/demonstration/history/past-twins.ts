import type { PastAsker } from './past-facts.js';
import type { PastLine } from './past-lines.js';

interface Asked {
  readonly asker: PastAsker;
  readonly lines: readonly PastLine[];
}

/** Of a dual-active system the two of a pair, one a center, live alike; of any other each for itself. */
export function twinsOf<Made extends { readonly claim: { readonly lineId: string } }>(
  { asker, lines }: Asked,
  made: readonly Made[],
): (readonly Made[])[] {
  if (asker.system.localMode !== 'DUAL_ACTIVE') return made.map((one) => [one]);
  const of = Map.groupBy(made, ({ claim }) => claim.lineId);
  const ofLines = lines.map(({ row }) => of.get(row.id) ?? []);
  // Lines come in pairs, as many machines in either.
  return ofLines.flatMap((own, at) =>
    at % 2 === 1 ? [] : own.map((one, n) => [one, ...(ofLines[at + 1]?.slice(n, n + 1) ?? [])]),
  );
}

/** Lines of which the other one is in the other center. */
export function pairedLines(requests: readonly Asked[]): ReadonlySet<string> {
  const dual = requests.filter(({ asker }) => asker.system.localMode === 'DUAL_ACTIVE');
  return new Set(dual.flatMap(({ lines }) => lines.map(({ row }) => row.id)));
}

export const lastOf = (times: readonly Date[]): Date => new Date(Math.max(...times.map((time) => time.getTime())));
