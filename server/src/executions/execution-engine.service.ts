import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { cut, isSame } from '../kernel/said.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { isConnectionLost } from '../platform/database/connection-errors.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { ClusterSilence } from './cluster-silence.service.js';
import type { ByHand } from './domain/by-hand.js';
import { nextMove } from './domain/next-move.js';
import { ExecutionGrounds } from './execution-grounds.service.js';
import { ExecutionPlays, NotMine, PROBLEM_LENGTH_MAX } from './execution-plays.service.js';
import { ExecutionsRepository } from './executions.repository.js';
import type { ExecutionRow, StepRow } from './executions.types.js';
import { StepHandlers, StepRefused, saidOf } from './step-handlers.service.js';
import { Tenure } from './tenure.js';

/** A step is looked at by every console that may have a way to its clusters before one says that they are silent: three at most, each with a probe's deadline and what it stays. */
const UNHEARD_MS = 30_000;
/** What another has worked at for so long since this console heard nothing is a silence of its own when it comes again. */
const FORGOTTEN_MS = 2 * UNHEARD_MS;
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
  private readonly tenure: Tenure;
  private rounds = 0;
  /** Of attempts at steps: since when a cluster has been silent towards this console, and when it was last. */
  private readonly silences = new Map<string, { readonly since: number; readonly lastAt: number }>();

  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly plays: ExecutionPlays,
    private readonly grounds: ExecutionGrounds,
    private readonly handlers: StepHandlers,
    private readonly silence: ClusterSilence,
    private readonly leases: Leases,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.tenure = new Tenure(leases, 'dr-executions', this.holder);
  }

  /** One round: everything that can go on goes on until it waits for something. What waits for a silent cluster is left to another. */
  async run(): Promise<void> {
    const ids = await this.repository.openIds(this.clock.now());
    // While nothing is open the lease is kept alive, and not written four times a second.
    if (ids.length === 0 && this.tenure.isFresh) return;
    const lease = await this.tenure.renew();
    if (lease === undefined) return;
    // A look at a silent cluster may outlive the lease and end the round: the next begins with another.
    const first = ids.length === 0 ? 0 : this.rounds % ids.length;
    this.rounds += 1;
    const unheard: string[] = [];
    await eachAlone([...ids.slice(first), ...ids.slice(0, first)], async (id) => {
      await this.play(id, lease, () => unheard.push(id)).catch((error: unknown) => {
        if (!(error instanceof NotMine)) this.log.warn(`execution ${id}: ${String(error)}`);
      });
    });
    if (unheard.length > 0 && (await this.tenure.leave()))
      this.log.debug(`a cluster is silent towards this console: ${unheard.join(', ')} left to another for a moment`);
  }

  release(): Promise<void> {
    return this.tenure.release();
  }

  private async play(id: string, lease: Lease, unheard: () => void): Promise<void> {
    for (let n = 0; n < MOVES_MAX; n += 1) {
      if (!this.tenure.isFresh && (await this.tenure.renew())?.epoch !== lease.epoch) return;
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
          if (await this.work(execution, next.step, steps, lease)) break;
          if (this.silence.isHeard) unheard();
          return;
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
    this.silence.begin();
    try {
      if (!handler)
        throw new StepRefused(say(`本程序不会执行动作 ${step.action}`, `This console knows no action ${step.action}`));
      if (!ground) throw new StepRefused(say('容灾组已不存在', 'The DR group is there no more'));
      const look = await handler.look({
        ...{ execution, step, steps, ground, now: this.clock.now() },
        write: (work) =>
          this.in(lease, async (tx) => work(tx, await this.plays.assertRunning(tx, execution.id, step.id))),
        assertMay: this.tenure.assertMay,
      });
      if (look.done) await this.in(lease, (tx) => this.plays.finish(tx, execution, step, look));
      else if (look.byHand)
        await this.in(lease, (tx) => this.plays.handOver(tx, execution, step, look.byHand as ByHand));
      else await this.note(step, look.note, lease);
      return look.done || look.byHand !== undefined;
    } catch (error) {
      if (error instanceof NotMine || isConnectionLost(error)) throw error;
      const said = saidOf(error);
      if (this.silence.isHeard && this.silentForMs(step) < UNHEARD_MS) {
        await this.note(step, said, lease);
        return false;
      }
      await this.in(lease, (tx) => this.plays.fail(tx, step, said));
      return true;
    }
  }

  /** A step may have gone on for an hour before the way was cut: that is no time in which others have looked. */
  private silentForMs({ id, startedAt }: StepRow): number {
    const now = this.clock.now().getTime();
    for (const [key, { lastAt }] of this.silences) if (now - lastAt > FORGOTTEN_MS) this.silences.delete(key);
    const key = `${id} ${startedAt?.getTime()}`;
    const since = this.silences.get(key)?.since ?? now;
    this.silences.set(key, { since, lastAt: now });
    return now - since;
  }

  /** Compared as it is kept: what is longer than its column would be written again at every look. */
  private async note(step: StepRow, said: Bilingual, lease: Lease): Promise<void> {
    const kept = cut(said, PROBLEM_LENGTH_MAX);
    if (!isSame(kept, step.problem, step.problemEn)) await this.in(lease, (tx) => this.plays.note(tx, step, kept));
  }

  /** Nothing is kept of what another holder's time overtook. */
  private in<T>(lease: Lease, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.leases.stillHeld(tx, lease))) throw new NotMine();
      return work(tx);
    });
  }
}
