/** Decides what lines that say how they stand to each other allow: their main shares' centers (A2), and of machines the pools (P17 of PLACEMENT.md). */
import type { LineDemand, PlaceRelation, PoolFacts, Relation } from './placement-facts.js';

/** By a line's index, what it and the others say of the two: said by one, it holds for both. */
export function relationsOf(
  lines: readonly Pick<LineDemand, 'index' | 'relations'>[],
): ReadonlyMap<number, readonly Relation[]> {
  const found = new Map<number, Relation[]>();
  const seen = new Set<number>();
  const add = (index: number, relation: Relation): void => {
    found.set(index, [...(found.get(index) ?? []), relation]);
  };
  for (const { index, relations = [] } of lines) {
    // Each demand of a line repeats what the line says.
    if (seen.has(index)) continue;
    seen.add(index);
    for (const relation of relations) {
      add(index, relation);
      add(relation.index, { ...relation, index });
    }
  }
  return found;
}

/** A2, of things of any kind: what is owed stands nowhere yet, and breaks nothing. */
export function centersAgree(
  { kind, scope }: Pick<Relation | PlaceRelation, 'kind' | 'scope'>,
  own: ReadonlySet<string>,
  others: ReadonlySet<string>,
): boolean {
  if (own.size === 0 || others.size === 0) return true;
  const shared = [...own].filter((center) => others.has(center)).length;
  if (kind === 'APART') return scope !== 'CENTER' || shared === 0;
  return scope === 'CENTER' ? shared === own.size && shared === others.size : shared > 0;
}

/** Machines of one share in one pool. */
export interface Stands {
  readonly pool: PoolFacts;
  readonly share: LineDemand['share'];
}

/** Where the machines of each line stand so far. */
export type Standing = ReadonlyMap<number, readonly Stands[]>;

/** A share whose place is looked for. */
type Seeking = Pick<LineDemand, 'index' | 'share'>;

/**
 * Within a center every share of the one line is compared with every one of the other, recovery shares too: who stands in
 * another center is never in the way. Centers are compared as sets of main shares, so that of two dual-active lines A
 * meets A and B meets B.
 * @param isToCome whether main shares of a line have no place yet: where they go decides as much.
 */
export function maySitBeside(
  pool: PoolFacts,
  { index: own, share }: Seeking,
  relations: readonly Relation[],
  standing: Standing,
  isToCome: (line: number) => boolean = () => false,
): boolean {
  return relations.every((relation) => {
    const { kind, index, scope } = relation;
    const here = (standing.get(index) ?? []).filter((other) => other.pool.centerId === pool.centerId);
    const isSame = (other: Stands): boolean => other.pool.poolId === pool.poolId;
    if (scope === 'POOL' && (kind === 'APART' ? here.some(isSame) : !here.every(isSame))) return false;
    if (share === 'RECOVERY' || (kind === 'TOGETHER' && (isToCome(own) || isToCome(index)))) return true;
    return centersAgree(relation, mainCenters(standing, own).add(pool.centerId), mainCenters(standing, index));
  });
}

function mainCenters(standing: Standing, line: number): Set<string> {
  return new Set((standing.get(line) ?? []).flatMap(({ pool, share }) => (share === 'MAIN' ? pool.centerId : [])));
}

/** Together in one pool with what stands in the same center: then its own machines there are in one pool too. */
export function staysWhole(
  { centerId }: PoolFacts,
  relations: readonly Relation[],
  meets: (line: number, centerId: string) => boolean,
): boolean {
  return relations.some(({ kind, index, scope }) => kind === 'TOGETHER' && scope === 'POOL' && meets(index, centerId));
}

/** Where a demand may go: of a main share whose centers are all the same one it is known before it is placed. */
interface Bound {
  readonly line: Pick<LineDemand, 'index' | 'share' | 'relations'>;
  readonly options: readonly { readonly centerId: string }[];
}

/** What no choice of pools can keep, because of where main shares run in any case; null = nothing. */
export function brokenByCenters(
  demands: readonly Bound[],
): { readonly position: number; readonly relation: Relation } | null {
  const relations = relationsOf(demands.map(({ line }) => line));
  if (relations.size === 0) return null;
  const centers = new Map<number, Set<string> | null>();
  for (const { line, options } of demands) {
    if (line.share === 'RECOVERY') continue;
    const may = new Set(options.map(({ centerId }) => centerId));
    const known = centers.get(line.index);
    const fixed = known === null || may.size > 1 ? null : new Set([...(known ?? []), ...may]);
    centers.set(line.index, fixed);
  }
  for (const [position, { line }] of demands.entries())
    for (const relation of relations.get(line.index) ?? []) {
      const [own, others] = [centers.get(line.index), centers.get(relation.index)];
      // Of two lines the later one is told.
      if (own && others && relation.index < line.index && !centersAgree(relation, own, others))
        return { position, relation };
    }
  return null;
}
