/** Decides whether places may end, all of them or none: as they are now, by what whoever ends them objects to. */
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { CabinetBook } from './book.js';
import type { Holder } from './holder.js';
import type { Move } from './move.js';
import { changedMeanwhile, unknownHolder } from './refusals.js';

export type End = Pick<Move, 'holderId' | 'expectedVersion' | 'path'>;

/** What whoever ends it has against it; null = nothing. */
export type EndObjection = (holder: Holder) => Refusal | null;

/** @param endPlans ends moves that are planned for them, once nothing is objected to. */
export function endIn(
  book: CabinetBook,
  ends: readonly End[],
  objection: EndObjection,
  endPlans: () => void,
): Result<Holder[], readonly Refusal[]> {
  for (const { holderId, expectedVersion, path } of ends) {
    const holder = book.holder(holderId);
    if (!holder) return refuse([unknownHolder(path)]);
    if (expectedVersion !== null && expectedVersion !== holder.version)
      return refuse([changedMeanwhile(path, expectedVersion, holder.version)]);
    const objected = objection(holder);
    if (objected) return refuse([objected]);
  }
  endPlans();
  const ended: Holder[] = [];
  for (const { holderId, path } of ends) {
    const one = book.act(holderId, book.holder(holderId)?.state === 'BLOCKED' ? 'UNBLOCK' : 'RELEASE', path);
    if (!one.ok) return one;
    ended.push(one.value);
  }
  return ok(ended);
}
