import type { Actor } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ServiceAnswer } from './domain/content.js';

export const SERVICE_ENDINGS = Symbol('SERVICE_ENDINGS');

/** A service that was given back, as it was at its end: also what changes made of it. */
export interface EndedService {
  readonly lineId: string;
  readonly lineName: string;
  readonly requestId: string;
  readonly requestCode: string;
  readonly departmentId: string;
  readonly systemId: string;
  /** What its questions are called. */
  readonly definitionId: string | null;
  readonly count: number;
  readonly answers: readonly ServiceAnswer[];
  readonly reason: string;
}

/**
 * Whoever takes down what people set up: called in the transaction that gives it back, under its request's lock. Nothing
 * comes back: what was counted and reserved for it is free already.
 */
export interface ServiceEndings {
  ended(tx: Tx, service: EndedService, by: Actor): Promise<void>;
}
