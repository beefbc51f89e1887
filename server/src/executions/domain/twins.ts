/** Decides which machine of one center is the same as which of another: of one tier, one line and one number in it. */

export interface Twinned {
  readonly id: string;
  readonly lineId: string;
  readonly objectName: string;
}

/** As the console names its machines: the line's name, the number in it, the year and number of the code. */
const NUMBERED = /-(\d+)-\d{4}-\d+$/;

/** null = it was not named by the console: only one of the very same name is its twin. */
function numberOf(objectName: string): string | null {
  return NUMBERED.exec(objectName)?.[1] ?? null;
}

function keyOf({ lineId, objectName }: Twinned, tierId: string): string {
  const number = numberOf(objectName);
  return number === null ? `${tierId}/${objectName}` : `${tierId}/${lineId}/${number}`;
}

export interface Twins<M extends Twinned> {
  readonly pairs: readonly { readonly one: M; readonly other: M }[];
  /** Of the first side; nobody knows which of the other they are, or more than one might be. */
  readonly alone: readonly M[];
}

export function twinsOf<M extends Twinned>(
  ones: readonly M[],
  others: readonly M[],
  tierOf: ReadonlyMap<string, string>,
): Twins<M> {
  const byKey = (machines: readonly M[]) =>
    Map.groupBy(machines, (machine) => keyOf(machine, tierOf.get(machine.id) ?? ''));
  const there = byKey(others);
  const pairs: { one: M; other: M }[] = [];
  const alone: M[] = [];
  for (const [key, own] of byKey(ones)) {
    const [one] = own;
    const found = there.get(key) ?? [];
    const [other] = found;
    if (own.length === 1 && found.length === 1 && one && other) pairs.push({ one, other });
    else alone.push(...own);
  }
  return { pairs, alone };
}
