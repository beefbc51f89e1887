/** Decides whether a line may stand in a pool beside the lines that stand already (P17 of PLACEMENT.md). */
import type { LineDemand, PoolFacts, Relation } from './placement-facts.js';

/** By a line's index, what it and the others say of the two: said by one, it holds for both. */
export function relationsOf(lines: readonly LineDemand[]): ReadonlyMap<number, readonly Relation[]> {
  const found = new Map<number, Relation[]>();
  const add = (index: number, relation: Relation): void => {
    found.set(index, [...(found.get(index) ?? []), relation]);
  };
  for (const { index, relations = [] } of lines)
    for (const relation of relations) {
      add(index, relation);
      add(relation.index, { ...relation, index });
    }
  return found;
}

/** Where the machines of a line stand so far. */
export type Standing = ReadonlyMap<number, readonly PoolFacts[]>;

export function maySitBeside(pool: PoolFacts, relations: readonly Relation[], standing: Standing): boolean {
  return relations.every(({ kind, index, scope }) => {
    const others = standing.get(index) ?? [];
    const same = (other: PoolFacts): boolean =>
      scope === 'POOL' ? other.poolId === pool.poolId : other.centerId === pool.centerId;
    return kind === 'APART' ? !others.some(same) : others.every(same);
  });
}

/** Together in one pool with another: then its own machines are in one pool too. */
export function staysWhole(relations: readonly Relation[]): boolean {
  return relations.some(({ kind, scope }) => kind === 'TOGETHER' && scope === 'POOL');
}
