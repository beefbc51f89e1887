import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { isSame } from '../kernel/said.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { isConnectionLost } from '../platform/database/connection-errors.js';
import { HeldLease } from '../platform/database/held-lease.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import type { ByHand } from './domain/by-hand.js';
import { nextMove } from './domain/next-move.js';
import { ExecutionGrounds } from './execution-grounds.service.js';
import { ExecutionPlays, NotMine } from './execution-plays.service.js';
import { ExecutionsRepository } from './executions.repository.js';
import type { ExecutionRow, StepRow } from './executions.types.js';
import { StepHandlers, StepRefused, saidOf } from './step-handlers.service.js';

/** A holder that died is followed after so long: by then none of its calls to a cluster can still be under way. */
export const LEASE_LIFE_MS = 30_000;
/** A call that went out while it might still arrives, or is given up, within the deadline of clusters: 15 s, and a second more. */
export const LEASE_MARGIN_MS = 16_000;
/** Renewed when less than this is left in which it may act. */
const RENEW_BEFORE_MS = 7_000;
/** Moves of one execution in one round: more than any has in a row. */
const MOVES_MAX = 200;
const TIMED_OUT = say('超过时限仍未完成', 'It was not done within its time');

/**
 * Plays what is open, one process at a time. Everything that was done stands in the record before the next thing is: a
 * worker that dies anywhere is followed by another that looks at the same record and goes on.
 */
@Injectable()
export class ExecutionEngine {
  private readonly log = new Logger(ExecutionEngine.name);
  private readonly holder = `exec/${process.pid}/${randomUUID().slice(0, 8)}`;
  private readonly lease: HeldLease;
  private heldUntil = 0;
  private rounds = 0;

  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly plays: ExecutionPlays,
    private readonly grounds: ExecutionGrounds,
    private readonly handlers: StepHandlers,
    private readonly leases: Leases,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.lease = new HeldLease(leases, 'dr-executions', this.holder, LEASE_LIFE_MS);
  }

  /** One round: everything that can go on goes on until it waits for something. */
  async run(): Promise<void> {
    const ids = await this.repository.openIds();
    // While nothing is open the lease is kept alive, and not written four times a second.
    if (ids.length === 0 && performance.now() < this.heldUntil - RENEW_BEFORE_MS) return;
    const lease = await this.renew();
    if (lease === undefined) return;
    // A look at a silent cluster may outlive the lease and end the round: the next begins with another.
    const first = ids.length === 0 ? 0 : this.rounds % ids.length;
    this.rounds += 1;
    await eachAlone([...ids.slice(first), ...ids.slice(0, first)], async (id) => {
      await this.play(id, lease).catch((error: unknown) => {
        if (!(error instanceof NotMine)) this.log.warn(`execution ${id}: ${String(error)}`);
      });
    });
  }

  /** At the end of this process, so that another need not wait. */
  async release(): Promise<void> {
    this.heldUntil = 0;
    await this.lease.release();
  }

  private async renew(): Promise<Lease | undefined> {
    const askedAt = performance.now();
    const lease = await this.lease.take();
    this.heldUntil = lease ? askedAt + LEASE_LIFE_MS - LEASE_MARGIN_MS : 0;
    return lease;
  }

  private async play(id: string, lease: Lease): Promise<void> {
    for (let n = 0; n < MOVES_MAX; n += 1) {
      if (performance.now() > this.heldUntil - RENEW_BEFORE_MS && (await this.renew())?.epoch !== lease.epoch) return;
      const execution = await this.repository.one(id);
      if (!execution) return;
      const steps = await this.repository.steps([id]);
      const next = nextMove(execution, steps, this.clock.now());
      switch (next.move) {
        case 'WAIT':
          return;
        case 'BEGIN':
          await this.in(lease, (tx) => this.plays.begin(tx, execution, next.step, lease, this.holder));
          break;
        case 'TIME_OUT':
          await this.in(lease, (tx) => this.plays.fail(tx, next.step, TIMED_OUT, true));
          break;
        case 'PAUSE':
          await this.in(lease, (tx) => this.plays.pauseAt(tx, execution, next.step));
          break;
        case 'ADVANCE':
          await this.in(lease, (tx) => this.plays.advance(tx, execution, next.action));
          break;
        case 'WORK':
          if (!(await this.work(execution, next.step, steps, lease))) return;
      }
    }
  }

  /** false = it waits for something outside. */
  private async work(
    execution: ExecutionRow,
    step: StepRow,
    steps: readonly StepRow[],
    lease: Lease,
  ): Promise<boolean> {
    const handler = this.handlers.of(step.action);
    const ground = await this.grounds.of(execution.groupId);
    try {
      if (!handler)
        throw new StepRefused(say(`本程序不会执行动作 ${step.action}`, `This console knows no action ${step.action}`));
      if (!ground) throw new StepRefused(say('容灾组已不存在', 'The DR group is there no more'));
      const look = await handler.look({
        ...{ execution, step, steps, ground, now: this.clock.now() },
        write: (work) =>
          this.in(lease, async (tx) => work(tx, await this.plays.assertRunning(tx, execution.id, step.id))),
        assertMay: () => {
          if (performance.now() >= this.heldUntil) throw new NotMine();
        },
      });
      if (look.done) await this.in(lease, (tx) => this.plays.finish(tx, execution, step, look));
      else if (look.byHand)
        await this.in(lease, (tx) => this.plays.handOver(tx, execution, step, look.byHand as ByHand));
      else if (!isSame(look.note, step.problem, step.problemEn))
        await this.in(lease, (tx) => this.plays.note(tx, step, look.note));
      return look.done;
    } catch (error) {
      if (error instanceof NotMine || isConnectionLost(error)) throw error;
      await this.in(lease, (tx) => this.plays.fail(tx, step, saidOf(error)));
      return true;
    }
  }

  /** Nothing is kept of what another holder's time overtook. */
  private in<T>(lease: Lease, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.leases.stillHeld(tx, lease))) throw new NotMine();
      return work(tx);
    });
  }
}
