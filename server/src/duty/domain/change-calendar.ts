/** Decides which of the things that are planned stand in each other's way: by time, and by a system, a machine or a center that they share. */

export const PLANNED_KINDS = ['CHANGE', 'FREEZE', 'DRILL', 'SWITCH'] as const;
export type PlannedKind = (typeof PLANNED_KINDS)[number];

/** From what must wait to what somebody should only know of. */
export const CONFLICT_WHYS = ['FROZEN', 'SAME_THING', 'SAME_SYSTEM', 'SAME_CENTER'] as const;
export type ConflictWhy = (typeof CONFLICT_WHYS)[number];

export interface Planned {
  readonly kind: PlannedKind;
  readonly id: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  /** null = it is not known in which: a freeze of any forbids it; of a freeze: of the whole province. */
  readonly centerIds: readonly string[] | null;
  readonly systemIds: readonly string[];
  /** Machines and servers. */
  readonly thingIds: readonly string[];
  /** Over, or it changes nothing: it stands in nobody's way. */
  readonly isQuiet: boolean;
  /** Emergencies, and what a leader has let through. */
  readonly passesFreezes: boolean;
}

export interface Conflict<P extends Planned = Planned> {
  readonly with: P;
  readonly why: ConflictWhy;
}

const overlap = (a: Planned, b: Planned): boolean => a.fromAt < b.toAt && b.fromAt < a.toAt;
const share = (a: readonly string[], b: readonly string[]): boolean => a.some((id) => b.includes(id));

/** null = they do not; of several reasons the gravest. */
export function conflictOf(a: Planned, b: Planned): ConflictWhy | null {
  if (a.isQuiet || b.isQuiet || !overlap(a, b)) return null;
  const freezes = Number(a.kind === 'FREEZE') + Number(b.kind === 'FREEZE');
  if (freezes === 2) return null;
  if (freezes === 1) {
    const held = a.kind === 'FREEZE' ? b : a;
    if (held.passesFreezes) return null;
    return a.centerIds === null || b.centerIds === null || share(a.centerIds, b.centerIds) ? 'FROZEN' : null;
  }
  if (share(a.thingIds, b.thingIds)) return 'SAME_THING';
  if (share(a.systemIds, b.systemIds)) return 'SAME_SYSTEM';
  return a.centerIds !== null && b.centerIds !== null && share(a.centerIds, b.centerIds) ? 'SAME_CENTER' : null;
}

/** Of each at least so many of the gravest are found; with fewer than twice as many all of them. More say nothing that these do not. */
export const CONFLICTS_KEPT = 20;

/** Conflicts of each plan that has any, by its id, the gravest first. Only plans that overlap are compared: most of a year's do not. */
export function conflictsOf<P extends Planned>(planned: readonly P[]): ReadonlyMap<string, readonly Conflict<P>[]> {
  const found = new Map<string, Conflict<P>[]>();
  const put = (of: P, other: P, why: ConflictWhy) => {
    const own = found.get(of.id);
    if (own === undefined) found.set(of.id, [{ with: other, why }]);
    else if (own.push({ with: other, why }) === 2 * CONFLICTS_KEPT) {
      // A month of five hundred in one center is half a million pairs: nobody reads them, and nobody keeps them.
      own.sort(gravestFirst);
      own.length = CONFLICTS_KEPT;
    }
  };
  let running: P[] = [];
  for (const next of planned.toSorted((a, b) => a.fromAt.getTime() - b.fromAt.getTime())) {
    running = running.filter(({ toAt }) => toAt > next.fromAt);
    for (const one of running) {
      const why = conflictOf(one, next);
      if (why === null) continue;
      put(one, next, why);
      put(next, one, why);
    }
    running.push(next);
  }
  for (const own of found.values()) own.sort(gravestFirst);
  return found;
}

function gravestFirst(a: Conflict, b: Conflict): number {
  return (
    CONFLICT_WHYS.indexOf(a.why) - CONFLICT_WHYS.indexOf(b.why) || a.with.fromAt.getTime() - b.with.fromAt.getTime()
  );
}
