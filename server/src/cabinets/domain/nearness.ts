/** Decides how near a cabinet is to those in which things of the same system stand already (K11 and B8 of PLACEMENT.md). */
import { type Bilingual, say } from '../../kernel/bilingual.js';

/** Where something stands. */
export interface Whereabouts {
  readonly cabinetId: string;
  readonly rowId: string;
  readonly roomId: string;
}

/** The cabinets, rows and rooms in which something of a system stands. */
export interface Near {
  readonly cabinetIds: readonly string[];
  readonly rowIds: readonly string[];
  readonly roomIds: readonly string[];
}

export const NOTHING_NEAR: Near = { cabinetIds: [], rowIds: [], roomIds: [] };

/** 0 = in one cabinet with something of the system, 1 = in one row, 2 = in one room, 3 = elsewhere, or nowhere. */
export type Distance = 0 | 1 | 2 | 3;
const ELSEWHERE = 3;

export function nearOf(standing: readonly Whereabouts[]): Near {
  const all = (of: (one: Whereabouts) => string) => [...new Set(standing.map(of))].toSorted();
  return {
    cabinetIds: all((one) => one.cabinetId),
    rowIds: all((one) => one.rowId),
    roomIds: all((one) => one.roomId),
  };
}

export function distanceTo(at: Whereabouts | null | undefined, near: Near): Distance {
  if (!at) return ELSEWHERE;
  if (near.cabinetIds.includes(at.cabinetId)) return 0;
  if (near.rowIds.includes(at.rowId)) return 1;
  return near.roomIds.includes(at.roomId) ? 2 : ELSEWHERE;
}

const TOLD: readonly Bilingual[] = [
  say('同机柜', 'in one cabinet with it'),
  say('同列', 'in one row'),
  say('同机房', 'in one room'),
  say('其他位置', 'elsewhere'),
];

/** How many of those that were placed are how near: the figure of K11 and B8. */
export function toldDistances(distances: readonly Distance[]): Bilingual {
  const counted = TOLD.flatMap((told, at) => {
    const count = distances.filter((one) => one === at).length;
    return count === 0 ? [] : [{ told, count }];
  });
  return say(
    counted.map(({ told, count }) => `${told.zh} ${count}`).join('，'),
    counted.map(({ told, count }) => `${count} ${told.en}`).join(', '),
  );
}
