/** Decides what the plan of a whole request comes to: lines that stand alike are one group, however many they are. */
import type { PlacedShare } from '../../allocation/domain/dr-shares.js';
import type { LineKind } from '../../allocation/domain/line-kind.js';
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';

export interface StandingLine {
  readonly kind: LineKind;
  readonly itemCount: number;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  readonly centerId: string | null;
  readonly shares: readonly PlacedShare[];
}

export type GroupedShare = Pick<PlacedShare, 'share' | 'centerId' | 'standing' | 'owed' | 'count'>;

export interface PlanGroup {
  readonly kind: LineKind;
  /** Of all its lines. */
  readonly count: number;
  readonly lineCount: number;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  /** As asked; null = wherever it fits best, or both same-city centers. */
  readonly centerId: string | null;
  /** Where it was placed, of all its lines; empty before submit. */
  readonly shares: readonly GroupedShare[];
}

/** In the order in which the first line of each stands. A request has few of them: kinds × modes × centers. */
export function planGroups(lines: readonly StandingLine[]): PlanGroup[] {
  return [...Map.groupBy(lines, keyOf).values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const { kind, localMode, remoteMode, centerId } = first;
    return [
      {
        ...{ kind, localMode, remoteMode, centerId },
        count: alike.reduce((sum, { itemCount }) => sum + itemCount, 0),
        lineCount: alike.length,
        shares: first.shares.map(({ share, standing, owed, centerId: at }, place) => ({
          ...{ share, standing, owed, centerId: at },
          count: alike.reduce((sum, { shares }) => sum + (shares[place]?.count ?? 0), 0),
        })),
      },
    ];
  });
}

function keyOf({ kind, localMode, remoteMode, centerId, shares }: StandingLine): string {
  const where = shares.map(({ share, centerId: at, standing, owed }) => [share, at, standing, owed]);
  return JSON.stringify([kind, localMode, remoteMode, centerId, where]);
}
