/** A stage, in the manner of KWOK: which live objects it is for, how long it waits, and what it then does. */

import type { KubeObject } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import type { World } from './world.js';

export interface Stage {
  readonly name: string;
  readonly kind: Kind;
  /** Looks at the live object only: a stage has no memory, so a restart loses nothing. */
  readonly selects: (object: KubeObject, world: World) => boolean;
  /** Of several stages that select one object, each is as likely as its weight; 1 when not said. */
  readonly weight?: number;
  /** At speed 1: between `delayMs` and `delayMs + jitterMs`. */
  readonly delayMs: number;
  readonly jitterMs?: number;
  /** The moment of the cluster's own clock before which it is not due, at any speed: a schedule is not sped up. */
  readonly notBefore?: (object: KubeObject, world: World) => number | undefined;
  /** Done over and over while it selects, so that a cluster with it is never at rest. */
  readonly endless?: boolean;
  readonly step: (object: KubeObject, world: World) => void;
}
