import { setTimeout as sleep } from 'node:timers/promises';
import {
  EXECUTION_STATES,
  EXECUTION_TABLE,
  type ExecutionState,
} from '../../server/src/executions/domain/execution-state.js';
import type { DrBed } from './dr-bed.ts';
import { CENTERS, type CenterName } from './galera.ts';
import { canReach } from './reach.ts';

const LOOK_MS = 250;

/** Looks at databases and clusters all the time, and remembers what must never have been, also where it was over at the end. */
export class Witness {
  /** Moves of an execution along no edge of its table. */
  readonly illegalMoves: string[] = [];
  /** Milliseconds for which machine and primary disk stood ready to write in more than one center that has power. */
  doubleMs = 0;
  /** Centers that were seen ready to write, in the order in which they were first seen so. */
  readonly wrote: CenterName[] = [];
  private going = true;
  private readonly states = new Map<string, ExecutionState>();
  private readonly loop: Promise<void>;

  constructor(private readonly bed: DrBed) {
    this.loop = this.watch();
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.loop;
  }

  private async watch(): Promise<void> {
    let before = Date.now();
    while (this.going) {
      await Promise.allSettled([this.executions(), this.writers(Date.now() - before)]);
      before = Date.now();
      await sleep(LOOK_MS);
    }
  }

  private async executions(): Promise<void> {
    for (const { id, state } of await this.bed.ask('select id, state from jiyun.dr_execution')) {
      const seen = this.states.get(id) ?? 'DRAFT';
      if (!EXECUTION_STATES.includes(state) || !canReach(EXECUTION_TABLE, seen, state))
        this.illegalMoves.push(`${seen} → ${state}`);
      this.states.set(id, state);
    }
  }

  private async writers(sinceMs: number): Promise<void> {
    const ready: CenterName[] = [];
    for (const name of CENTERS) {
      const seen = await this.bed.guests.seen(name).catch(() => null);
      if (seen?.runs && seen.isPrimary) ready.push(name);
    }
    for (const name of ready) if (!this.wrote.includes(name)) this.wrote.push(name);
    if (ready.length > 1) this.doubleMs += sinceMs + LOOK_MS;
  }
}
