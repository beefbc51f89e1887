import { Injectable } from '@nestjs/common';
import type { Bilingual } from '../kernel/bilingual.js';
import { both } from '../kernel/said.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ByHand } from './domain/by-hand.js';
import type { StepAction } from './domain/execution-words.js';
import type { Ground } from './execution-grounds.service.js';
import type { ExecutionRow, StepRow } from './executions.types.js';

/** What a handler is given at each look. */
export interface StepWorld {
  readonly execution: ExecutionRow;
  readonly step: StepRow;
  /** All steps of it, in order. */
  readonly steps: readonly StepRow[];
  readonly ground: Ground;
  readonly now: Date;
  /**
   * One transaction of this step: undone when another worker has the lease meanwhile, or the step is no longer running.
   * Everything a handler writes into the database is written by it.
   */
  write<T>(work: (tx: Tx, execution: ExecutionRow) => Promise<T>): Promise<T>;
  /** Throws when this process may no longer act: asked right before each write to a cluster. */
  readonly assertMay: () => void;
}

export type StepLook =
  /** Asked again at the next look, until its time is over; `note` says what it waits for. */
  | {
      readonly done: false;
      readonly note: Bilingual;
      /** What a person has to do before it goes on: the step is a person's until it is handed in, and then looked at again. */
      readonly byHand?: ByHand;
    }
  | {
      readonly done: true;
      readonly output: unknown;
      readonly finish?: (tx: Tx, execution: ExecutionRow) => Promise<void>;
    };

/**
 * One automatic action. It is looked at again and again until it is done, by whichever worker is alive: so it decides by
 * what it finds, and doing it twice is doing it once. What it throws fails the attempt, and the execution stands still.
 */
export interface StepHandler {
  look(world: StepWorld): Promise<StepLook>;
}

/** The automatic actions that this process knows; features that add some register them at start. */
@Injectable()
export class StepHandlers {
  private readonly known = new Map<StepAction, StepHandler>();

  register(action: StepAction, handler: StepHandler): void {
    if (this.known.has(action)) throw new Error(`two handlers of the action ${action}`);
    this.known.set(action, handler);
  }

  of(action: StepAction): StepHandler | undefined {
    return this.known.get(action);
  }
}

/** Said to people: the attempt has failed for good, and why. */
export class StepRefused extends Error {
  override name = 'StepRefused';
  readonly said: Bilingual;

  constructor(said: Bilingual | string) {
    super(both(said).zh);
    this.said = both(said);
  }
}

/** In the words of whoever refused; what was thrown by something else has its own. */
export function saidOf(error: unknown): Bilingual {
  if (error instanceof StepRefused) return error.said;
  return both(error instanceof Error ? error.message : String(error));
}
