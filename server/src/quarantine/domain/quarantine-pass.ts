/** Decides what one complete look at a cluster says of the objects without a record: which are new, which have ended and how. */
import { PASSES_BEFORE_HALT, type QuarantineCause, type QuarantineState } from './quarantine-state.js';

export type Power = 'RUNNING' | 'STARTING' | 'STOPPED' | 'STOPPING' | 'UNKNOWN';

/** An object that the cluster has and no record tells of. */
export interface SeenObject {
  readonly objectKind: string;
  readonly objectNamespace: string;
  readonly objectName: string;
  readonly uid: string;
  readonly cause: QuarantineCause;
  /** The record that it says it is of; null = it names none. */
  readonly claimedId: string | null;
  /** Of a machine. */
  readonly power: Power | null;
}

export interface StandingCase extends SeenObject {
  readonly id: string;
  readonly state: QuarantineState;
  readonly passes: number;
  readonly version: number;
}

export interface Pass<Case extends StandingCase> {
  readonly fresh: readonly SeenObject[];
  readonly again: readonly {
    readonly known: Case;
    readonly values: { readonly passes: number; readonly power: Power | null };
  }[];
  readonly ended: readonly { readonly known: Case; readonly as: 'BOUND' | 'GONE' }[];
}

/**
 * An object is the same as long as its uid is. Passes are counted only as far as they decide something, so that a look
 * that says nothing new writes nothing.
 *
 * @param isThere whether the cluster still has that very object: what is there and not among the seen has a record now.
 */
export function passOver<Case extends StandingCase>(
  known: readonly Case[],
  seen: readonly SeenObject[],
  isThere: (object: SeenObject) => boolean,
): Pass<Case> {
  const byUid = new Map(seen.map((object) => [nameOf(object), object]));
  const standing = new Set(known.map(nameOf));
  return {
    fresh: [...byUid.values()].filter((object) => !standing.has(nameOf(object))),
    again: known.flatMap((row) => {
      const object = byUid.get(nameOf(row));
      if (object === undefined) return [];
      const values = { passes: Math.min(PASSES_BEFORE_HALT, row.passes + 1), power: object.power };
      return values.passes === row.passes && values.power === row.power ? [] : { known: row, values };
    }),
    ended: known
      .filter((row) => !byUid.has(nameOf(row)))
      .map((row) => ({ known: row, as: isThere(row) ? 'BOUND' : 'GONE' })),
  };
}

export function nameOf({ objectKind, objectName, objectNamespace, uid }: SeenObject): string {
  return `${objectKind} ${objectNamespace}/${objectName} ${uid}`;
}
