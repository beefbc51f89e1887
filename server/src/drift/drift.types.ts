import type { Handling } from './domain/drift-policy.js';
import type { DriftState } from './domain/drift-state.js';
import type { FieldClass } from './domain/field-class.js';

/** An object of a cluster, and whose it is. */
export interface DriftObject {
  readonly centerId: string;
  /** null = of a department's namespace, or of a network policy. */
  readonly resourceId: string | null;
  /** The resource's code; of what belongs to no resource the object's name. */
  readonly subjectCode: string;
  readonly departmentId: string | null;
  readonly systemId: string | null;
  readonly objectKind: string;
  readonly objectNamespace: string;
  readonly objectName: string;
}

/** A field of it that says something else than was applied. */
export interface SeenDrift {
  readonly path: string;
  readonly wanted: unknown;
  /** null = it is not there at all. */
  readonly found: unknown;
  readonly manager: string | null;
}

export interface DriftRow extends DriftObject, SeenDrift {
  readonly id: string;
  readonly fieldClass: FieldClass;
  readonly handling: Exclude<Handling, 'IGNORE'>;
  /** It lets more through than the record wants. */
  readonly opens: boolean;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly state: DriftState;
  readonly acceptedUntil: Date | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly endedAt: Date | null;
  readonly version: number;
  readonly live: number | null;
}

export interface DriftFilter {
  readonly states: readonly DriftState[];
  readonly classes: readonly FieldClass[];
  readonly centerId: string | null;
  readonly resourceId: string | null;
  readonly search: string | null;
}
