// What a tile of the room plan says by its colour; the figure itself always stands in the tile.

export const PLAN_METRICS = ['units', 'power', 'department'] as const;
export type PlanMetric = (typeof PLAN_METRICS)[number];

export type PlanCabinet = {
  id: string;
  code: string;
  planX: number;
  planY: number;
  heightUnits: number;
  /** This and the power: null = not for this viewer. */
  freeUnits: number | null;
  power: { limitW: number; usedW: number | null } | null;
  /** Whose the whole cabinet is. */
  department: { id: string; name: string } | null;
  /** Who has something in it, the most first. */
  holderDepartments: readonly { units: number; department: { id: string; name: string } }[];
};

/** 0 = nothing left … 4 = plenty. null = not known to this viewer, or nothing to say. */
export type Step = 0 | 1 | 2 | 3 | 4;

/** Quarters of the usual frame, and nothing at all. */
const UNIT_STEPS = [0.5, 11, 21, 31] as const;
/** Shares of the N+1 limit. */
const POWER_STEPS = [1, 0.85, 0.7, 0.5] as const;
/** Tints in the style sheet; further departments begin again, and their letter tells them apart. */
const TINTS = 6;

export function unitsStep(freeUnits: number): Step {
  return UNIT_STEPS.filter((least) => freeUnits >= least).length as Step;
}

export function powerStep(power: PlanCabinet['power']): Step | null {
  if (!power || power.usedW === null) return null;
  const { limitW, usedW } = power;
  if (limitW === 0) return 0;
  return POWER_STEPS.filter((share) => usedW < limitW * share).length as Step;
}

/** Who is in a cabinet: its owner first, then who has the most. */
export function departmentsOf({ department, holderDepartments }: PlanCabinet): { id: string; name: string }[] {
  const inside = holderDepartments.map((one) => one.department);
  return department ? [department, ...inside.filter(({ id }) => id !== department.id)] : inside;
}

export type Tile = {
  fill: string;
  /** In the tile: the figure, or the letter of the department with the most and how many others there are. */
  text: string;
  /** Of the tile's bar: how much is taken, 0 to 1. */
  share: number | null;
};

/** A, B, … Z, A2, …: in the order of the names, so that a plan drawn twice has the same letters. */
export function lettersOf(
  cabinets: readonly PlanCabinet[],
): Map<string, { letter: string; name: string; tint: number }> {
  const names = new Map(cabinets.flatMap(departmentsOf).map(({ id, name }) => [id, name] as const));
  const sorted = [...names].sort(([, one], [, other]) => one.localeCompare(other, 'zh-CN'));
  return new Map(
    sorted.map(([id, name], index) => {
      const round = Math.floor(index / 26);
      const letter = `${String.fromCharCode(65 + (index % 26))}${round > 0 ? round + 1 : ''}`;
      return [id, { letter, name, tint: index % TINTS }];
    }),
  );
}

export function tileOf(cabinet: PlanCabinet, metric: PlanMetric, letters: ReturnType<typeof lettersOf>): Tile {
  const { freeUnits, heightUnits } = cabinet;
  const unitShare = freeUnits === null ? null : heightUnits > 0 ? 1 - freeUnits / heightUnits : 1;
  switch (metric) {
    case 'units':
      return {
        fill: freeUnits === null ? 'var(--quiet-ground)' : `var(--step-${unitsStep(freeUnits)})`,
        text: freeUnits === null ? '–' : `${freeUnits}U`,
        share: unitShare,
      };
    case 'power': {
      const { limitW, usedW } = cabinet.power ?? { limitW: 0, usedW: null };
      const step = powerStep(cabinet.power);
      const share = usedW === null ? null : limitW === 0 ? 1 : usedW / limitW;
      return {
        fill: step === null ? 'var(--quiet-ground)' : `var(--step-${step})`,
        text: share === null ? '–' : `${Math.round(share * 100)}%`,
        share: share === null ? null : Math.min(1, share),
      };
    }
    case 'department': {
      const [first, ...others] = departmentsOf(cabinet);
      const known = first && letters.get(first.id);
      return {
        fill: known ? `var(--tint-${known.tint})` : 'var(--surface)',
        text: known ? `${known.letter}${others.length > 0 ? `+${others.length}` : ''}` : '·',
        share: unitShare,
      };
    }
  }
}
