/** Decides what a window on a room, row or cabinet would break: what goes dark, what loses its second feed, whose it is. */

export interface FedCabinet {
  readonly id: string;
  readonly feedAWatts: number | null;
  readonly feedBWatts: number | null;
}

export interface StandingThing {
  readonly cabinetId: string;
  readonly departmentId: string | null;
  readonly systemId: string | null;
  readonly heightHalfUnits: number;
  readonly powerW: number;
}

export interface DepartmentImpact {
  readonly departmentId: string;
  readonly things: number;
  readonly halfUnits: number;
  readonly powerW: number;
}

export interface PlaceImpact {
  /** Cabinets that are taken away, or lose the only feed that they have. */
  readonly dark: readonly string[];
  /** Cabinets that go on behind one feed, without another to fall back on. */
  readonly atRisk: readonly string[];
  /** Of things in dark cabinets: by department, the most things first. */
  readonly departments: readonly DepartmentImpact[];
  /** Systems that have something in a dark cabinet. */
  readonly systems: readonly string[];
  /** Things of nobody's in dark cabinets (switches, free servers, hosts of pools). */
  readonly own: number;
}

/** feed null = all of it is taken away. A feed that a cabinet does not have takes nothing from it. */
export function placeImpact(
  cabinets: readonly FedCabinet[],
  things: readonly StandingThing[],
  feed: 'A' | 'B' | null,
): PlaceImpact {
  const effects = cabinets.map((cabinet) => [cabinet.id, effectOn(cabinet, feed)] as const);
  const having = (wanted: Effect): string[] => effects.flatMap(([id, effect]) => (effect === wanted ? [id] : []));
  const dark = having('DARK');
  const gone = things.filter(({ cabinetId }) => dark.includes(cabinetId));
  const owned = gone.flatMap((thing) =>
    thing.departmentId === null ? [] : [{ ...thing, departmentId: thing.departmentId }],
  );
  const departments = [...Map.groupBy(owned, (thing) => thing.departmentId)].map(([departmentId, of]) => ({
    departmentId,
    things: of.length,
    halfUnits: of.reduce((sum, thing) => sum + thing.heightHalfUnits, 0),
    powerW: of.reduce((sum, thing) => sum + thing.powerW, 0),
  }));
  return {
    dark,
    atRisk: having('AT_RISK'),
    departments: departments.toSorted((a, b) => b.things - a.things || (a.departmentId < b.departmentId ? -1 : 1)),
    systems: [...new Set(gone.flatMap(({ systemId }) => systemId ?? []))].toSorted(),
    own: gone.length - owned.length,
  };
}

type Effect = 'DARK' | 'AT_RISK' | 'NONE';

function effectOn({ feedAWatts, feedBWatts }: FedCabinet, feed: 'A' | 'B' | null): Effect {
  if (feed === null) return 'DARK';
  const [lost, other] = feed === 'A' ? [feedAWatts, feedBWatts] : [feedBWatts, feedAWatts];
  if (lost === null) return 'NONE';
  return other === null ? 'DARK' : 'AT_RISK';
}
