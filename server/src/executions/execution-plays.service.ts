import { Injectable } from '@nestjs/common';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { cut } from '../kernel/said.js';
import type { Lease } from '../platform/database/lease.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { GroupOccupations } from '../resilience/occupations.service.js';
import type { ByHand } from './domain/by-hand.js';
import { type ExecutionAction, executionAfter, isOver } from './domain/execution-state.js';
import { type ExecutionOutcome, momentOf } from './domain/execution-words.js';
import { isMissed, NOT_BEGUN } from './domain/planned-time.js';
import { isUnderWay, type StepMove, stepAfter } from './domain/step-state.js';
import { stepsBack } from './domain/usual-steps.js';
import { sayUsual } from './domain/usual-texts.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionsRepository } from './executions.repository.js';
import type { ExecutionRow, StepRow } from './executions.types.js';
import { FrozenExecutions } from './frozen-executions.service.js';
import { newSteps } from './new-execution.js';
import { RunbooksRepository } from './runbooks.repository.js';
import type { StepLook } from './step-handlers.service.js';

/** Another process plays it, or a person was quicker: nothing was written. */
export class NotMine extends Error {
  override name = 'NotMine';
}

export const PROBLEM_LENGTH_MAX = 1_000;
const WHY_LENGTH_MAX = 500;

export const NO_PROBLEM = { problem: null, problemEn: null } as const;
export const NOT_PAUSED = { pausedWhy: null, pausedWhyEn: null } as const;

function problemOf(said: Bilingual): Pick<StepRow, 'problem' | 'problemEn'> {
  const { en, zh } = cut(said, PROBLEM_LENGTH_MAX);
  return { problem: zh, problemEn: en };
}

/** The writes by which an execution moves, each in one transaction of whoever decided it: the engine, or a person. */
@Injectable()
export class ExecutionPlays {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly evidence: EvidenceRepository,
    private readonly runbooks: RunbooksRepository,
    private readonly occupations: GroupOccupations,
    private readonly frozen: FrozenExecutions,
  ) {}

  async begin(tx: Tx, execution: ExecutionRow, step: StepRow, lease: Lease, holder: string): Promise<void> {
    const locked = await this.sameExecution(tx, execution);
    const row = await this.sameStep(tx, step);
    if (locked.pausedAt !== null) throw new NotMine();
    if (await this.isHeld(tx, locked)) return;
    await this.repository.updateStep(tx, row, {
      ...moved(row, 'BEGIN'),
      ...{ claimedAt: tx.now, claimedBy: holder, claimedEpoch: lease.epoch, startedAt: tx.now, attempts: 1 },
      ...NO_PROBLEM,
    });
  }

  /** What was planned beforehand may meet a freeze that was set since, or nobody in its hour: it stands still until somebody has it go on. */
  private async isHeld(tx: Tx, locked: ExecutionRow): Promise<boolean> {
    if (locked.plannedAt === null || locked.state !== 'APPROVED') return false;
    const isUntouched = (await this.repository.steps([locked.id], tx)).every(({ state }) => state === 'WAITING');
    const isLate = isUntouched && isMissed(locked.plannedAt, tx.now);
    const why = isLate ? NOT_BEGUN : (await this.frozen.refused(tx, locked))[0]?.message;
    if (why === undefined) return false;
    const { en, zh } = cut(why, WHY_LENGTH_MAX);
    await this.repository.update(tx, locked, { pausedAt: tx.now, pausedWhy: zh, pausedWhyEn: en });
    return true;
  }

  /** The step, whose execution is locked as well, while it still runs; a person may have stopped it meanwhile. */
  async assertRunning(tx: Tx, executionId: string, stepId: string): Promise<ExecutionRow> {
    const execution = await this.repository.locked(tx, executionId);
    const step = await this.repository.lockedStep(tx, stepId);
    if (!execution || execution.pausedAt !== null || step?.state !== 'RUNNING') throw new NotMine();
    return execution;
  }

  async finish(
    tx: Tx,
    execution: ExecutionRow,
    step: StepRow,
    look: StepLook & { readonly done: true },
  ): Promise<void> {
    const locked = await this.assertRunning(tx, execution.id, step.id);
    const row = await this.sameStep(tx, step);
    await look.finish?.(tx, locked);
    const { hash } = await this.evidence.record(tx, {
      ...{ executionId: execution.id, stepId: step.id, kind: 'STEP_OUTPUT', content: look.output },
      ...{ recordedById: null, recordedBy: '集云' },
    });
    await this.repository.updateStep(tx, row, {
      ...{ ...moved(row, 'FINISH'), finishedAt: tx.now, output: look.output, outputHash: hash, ...NO_PROBLEM },
    });
    await this.reached(tx, execution.id, step);
  }

  /** What a step's end means for T0 to T7. */
  async reached(tx: Tx, executionId: string, step: Pick<StepRow, 'action' | 'stage'>): Promise<void> {
    const moment = momentOf(step.action, step.stage);
    if (moment === undefined) return;
    const row = await this.repository.locked(tx, executionId);
    if (row) await this.repository.update(tx, row, { moments: { ...row.moments, [moment]: tx.now.toISOString() } });
  }

  async note(tx: Tx, step: StepRow, note: Bilingual): Promise<void> {
    const row = await this.sameStep(tx, step);
    await this.repository.updateStep(tx, row, problemOf(note));
  }

  /** What the console cannot do becomes a person's, with the time that a person has; handed in, it is looked at again. */
  async handOver(tx: Tx, execution: ExecutionRow, step: StepRow, byHand: ByHand): Promise<void> {
    await this.assertRunning(tx, execution.id, step.id);
    const row = await this.sameStep(tx, step);
    const { instruction, machineIds, note } = byHand;
    await this.evidence.record(tx, {
      ...{
        executionId: execution.id,
        stepId: step.id,
        kind: 'STEP_OUTPUT',
        content: {
          note: note.zh,
          instruction: instruction.zh,
          machineIds,
          english: { note: note.en, instruction: instruction.en },
        },
      },
      ...{ recordedById: null, recordedBy: '集云' },
    });
    await this.repository.updateStep(tx, row, {
      ...{ kind: 'MANUAL', instruction: instruction.zh, instructionEn: instruction.en, ...problemOf(note) },
      ...{ needsEvidence: 1, secondCheck: 0, startedAt: tx.now },
      params: { ...row.params, byHand: [...new Set([...(row.params.byHand ?? []), ...machineIds])] },
    });
  }

  /** Handed in by whoever did it: the console's own again, and looked at anew. false = it was a person's from the beginning. */
  async takeBack(tx: Tx, step: StepRow): Promise<boolean> {
    if (step.params.byHand === undefined) return false;
    await this.repository.updateStep(tx, step, { kind: 'AUTOMATIC', startedAt: tx.now, ...NO_PROBLEM });
    return true;
  }

  /** Tried again by itself as often as its runbook says; then it stands still. */
  async fail(tx: Tx, step: StepRow, problem: Bilingual, forGood = false): Promise<void> {
    const row = await this.sameStep(tx, step);
    const said = problemOf(problem);
    if (!forGood && row.attempts <= row.retries) {
      await this.repository.updateStep(tx, row, { attempts: row.attempts + 1, ...said });
      return;
    }
    await this.evidence.record(tx, {
      ...{ executionId: step.executionId, stepId: step.id, kind: 'STEP_FAILURE' },
      content: { ...said, attempts: row.attempts },
      ...{ recordedById: null, recordedBy: '集云' },
    });
    await this.repository.updateStep(tx, row, { ...moved(row, 'FAIL'), ...said });
  }

  /** A failed step: it stands still until a person says how to go on; a cleanup that fails blocks the group. */
  async pauseAt(tx: Tx, execution: ExecutionRow, step: StepRow): Promise<void> {
    const row = await this.sameExecution(tx, execution);
    const title = sayUsual(step.title);
    const why = cut(
      say(
        `步骤 ${step.number}「${title.zh}」失败：${step.problem ?? ''}`,
        `Step ${step.number}, ${title.en}, failed: ${step.problemEn ?? step.problem ?? ''}`,
      ),
      WHY_LENGTH_MAX,
    );
    const failed = executionAfter(row.state, 'FAIL_CLEANUP');
    await this.repository.update(tx, row, {
      ...(failed ? { state: failed } : {}),
      ...{ pausedAt: tx.now, pausedWhy: why.zh, pausedWhyEn: why.en },
    });
  }

  async advance(tx: Tx, execution: ExecutionRow, action: ExecutionAction): Promise<void> {
    const row = await this.sameExecution(tx, execution);
    const state = executionAfter(row.state, action);
    if (state === undefined) throw new NotMine();
    // A runbook may have nothing to check before, and a freeze may have come while it was checked.
    if (await this.isHeld(tx, row)) return;
    const outcome: ExecutionOutcome | null = row.state === 'ROLLING_BACK' ? 'ROLLED_BACK' : row.outcome;
    const steps = action === 'CLOSE' ? await this.repository.steps([row.id], tx) : [];
    await this.repository.update(tx, row, {
      ...{ state, outcome },
      ...(isOver(state) ? { open: null, closedAt: tx.now, outcome: outcome ?? 'COMMITTED' } : {}),
    });
    // A cleanup that failed has not come here: the group stays its own.
    if (isOver(state)) await this.occupations.leave(tx, row.groupId, row.id);
    if (action !== 'CLOSE' || (outcome ?? 'COMMITTED') !== 'COMMITTED') return;
    // What was carried out to its end, every step of it, has shown that it can be.
    if (row.runbookId !== null && row.runbookNumber !== null && steps.every(({ state: at }) => at === 'DONE'))
      await this.verifyByExecution(tx, row.runbookId, row.runbookNumber, steps);
  }

  /** Whatever has not begun is left out, and what has been done goes back by steps of its own. */
  async rollBack(tx: Tx, row: ExecutionRow): Promise<boolean> {
    const state = executionAfter(row.state, 'ROLL_BACK');
    if (state === undefined) return false;
    const steps = await this.repository.steps([row.id], tx);
    // A group without data that one center writes is placed all the same.
    const promoted = row.epoch !== null || (await this.evidence.promotions(row.id, tx)).length > 0;
    const begun = new Set(
      steps
        .filter(({ action, state: at }) => (action === 'PROMOTE_TARGET' ? promoted : at === 'DONE' || isUnderWay(at)))
        .map(({ action }) => action),
    );
    for (const step of steps)
      if (step.state !== 'DONE' && step.state !== 'LEFT_OUT')
        await this.repository.updateStep(tx, step, { state: 'LEFT_OUT', underWay: null });
    const last = Math.max(...steps.map(({ number }) => number));
    await this.repository.addSteps(tx, newSteps(tx.now, row, stepsBack(begun), last + 1));
    await this.repository.update(tx, row, { state, pausedAt: null, ...NOT_PAUSED });
    return true;
  }

  /** By somebody who took part and did not write it: the author's own word is none. */
  private async verifyByExecution(tx: Tx, runbookId: string, number: number, steps: readonly StepRow[]): Promise<void> {
    const [version] = (await this.runbooks.versions([runbookId], tx)).filter((one) => one.number === number);
    const witness = steps.find(({ doneById }) => doneById !== null && doneById !== version?.authoredById);
    if (!version || version.state === 'VERIFIED' || !witness?.doneById || !witness.doneBy) return;
    await this.runbooks.verify(tx, version, { id: witness.doneById, name: witness.doneBy }, 'EXECUTION');
  }

  private async sameExecution(tx: Tx, seen: ExecutionRow): Promise<ExecutionRow> {
    const row = await this.repository.locked(tx, seen.id);
    if (row?.version !== seen.version) throw new NotMine();
    return row;
  }

  private async sameStep(tx: Tx, seen: StepRow): Promise<StepRow> {
    const row = await this.repository.lockedStep(tx, seen.id);
    if (row?.version !== seen.version) throw new NotMine();
    return row;
  }
}

/** By the table, with the key that lets one step of an execution be under way. */
export function moved(step: Pick<StepRow, 'state'>, move: StepMove): Pick<StepRow, 'state' | 'underWay'> {
  const state = stepAfter(step.state, move);
  if (state === undefined) throw new NotMine();
  return { state, underWay: isUnderWay(state) ? 1 : null };
}
