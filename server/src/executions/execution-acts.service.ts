import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { FilesService } from '../files/files.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { reaches, scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { executionAfter } from './domain/execution-state.js';
import { sayUsual } from './domain/usual-texts.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionGrounds } from './execution-grounds.service.js';
import { ExecutionPlays, moved, NO_PROBLEM, NOT_PAUSED } from './execution-plays.service.js';
import { notPermitted, unknown, wrongReason, wrongState, wrongVersion } from './execution-refusals.js';
import { ExecutionsRepository } from './executions.repository.js';
import type { ExecutionRow, StepRow } from './executions.types.js';
import { StepProofs } from './step-proofs.service.js';
import { type Told, told, wrongText } from './told.js';

type Answer = Promise<Result<{ executionId: string }, readonly Refusal[]>>;
interface Wish {
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
}
export interface StepWish extends Wish {
  readonly stepId: string | undefined;
}

const FILES_OF = 'DrExecution';

/** What people do in an execution: their own steps, their decisions, and how it goes on after a failure. */
@Injectable()
export class ExecutionActs implements OnModuleInit {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly plays: ExecutionPlays,
    private readonly evidence: EvidenceRepository,
    private readonly proofs: StepProofs,
    private readonly grounds: ExecutionGrounds,
    private readonly facilities: FacilitiesService,
    private readonly files: FilesService,
    private readonly acts: Acts,
  ) {}

  onModuleInit(): void {
    this.files.registerOwner(FILES_OF, async (viewer, id) => {
      const scope = scopeFor(viewer, 'DR_GROUP', 'READ');
      return scope !== undefined && (await this.repository.inScope(scope, id)) !== null;
    });
  }

  /** A person's step is done, says he; with evidence where it asks for some. */
  handIn(
    viewer: Viewer,
    scope: TenantScope,
    wish: StepWish & { readonly text: string; readonly fileIds: readonly (string | undefined)[] },
  ): Answer {
    return this.ofStep('drExecution.handIn', viewer, scope, wish, async (tx, row, step) => {
      if (step.kind !== 'MANUAL' || step.state !== 'RUNNING') return refuse([wrongState(step.state, 'HAND_IN')]);
      const text = wish.text.trim();
      const fileIds = wish.fileIds.flatMap((id) => id ?? []);
      const wrong = [...this.wrongHands(viewer, row, step), ...wrongText(text, step, fileIds.length)];
      if (wrong.length > 0) return refuse(wrong);
      if (!(await this.files.attach(tx, fileIds, FILES_OF, row.id, viewer.userId))) return refuse([unknown('fileIds')]);
      await this.evidence.record(tx, {
        ...{ executionId: row.id, stepId: step.id, kind: step.action === 'PROVE_FENCE' ? 'STATEMENT' : 'PERSON' },
        content: { text, fileIds, department: viewer.departmentId },
        ...{ recordedById: viewer.userId, recordedBy: viewer.name },
      });
      const title = sayUsual(step.title);
      const done = ok({ zh: `完成步骤「${title.zh}」`, en: `Do the step ${title.en}`, after: { text, fileIds } });
      if (await this.plays.takeBack(tx, step)) return done;
      const second = step.secondCheck === 1;
      await this.repository.updateStep(tx, step, {
        ...moved(step, second ? 'HAND_IN' : 'FINISH'),
        ...{ doneById: viewer.userId, doneBy: viewer.name, output: { text, fileIds, department: viewer.departmentId } },
        ...{ outputHash: this.evidence.hashOf({ text, fileIds, department: viewer.departmentId }), ...NO_PROBLEM },
        ...(second ? {} : { finishedAt: tx.now }),
      });
      if (!second) await this.plays.reached(tx, row.id, step);
      return done;
    });
  }

  /** Another person looks at it; of a fence's statement he signs as the second, of another department. */
  async check(
    viewer: Viewer,
    scope: TenantScope,
    wish: StepWish & { readonly agrees: boolean; readonly text: string },
  ): Answer {
    const centers = await this.facilities.centers();
    const sameCity = new Set(centers.filter(({ role }) => role !== 'RECOVERY').map(({ id }) => id));
    return this.ofStep('drExecution.check', viewer, scope, wish, async (tx, row, step) => {
      if (step.state !== 'AWAITS_CHECK') return refuse([wrongState(step.state, 'CHECK')]);
      if (step.doneById === viewer.userId)
        return refuse([notPermitted('OWN_WORK', '须由另一人复核', 'Another person checks it')]);
      const [text, title] = [wish.text.trim(), sayUsual(step.title)];
      if (!wish.agrees) {
        const wrong = wrongReason(text);
        if (wrong.length > 0) return refuse(wrong.map((one) => ({ ...one, path: ['text'] })));
        await this.repository.updateStep(tx, step, { ...moved(step, 'SEND_BACK'), problem: text, problemEn: null });
        return ok({ zh: `退回步骤「${title.zh}」`, en: `Send back the step ${title.en}`, after: { text } });
      }
      if (step.action === 'PROVE_FENCE') {
        const signed = await this.proofs.sign(tx, viewer, row, step, sameCity);
        if (signed.length > 0) return refuse(signed);
      }
      await this.repository.updateStep(tx, step, {
        ...moved(step, 'CONFIRM'),
        ...{ checkedById: viewer.userId, checkedBy: viewer.name, finishedAt: tx.now, ...NO_PROBLEM },
      });
      await this.evidence.record(tx, {
        ...{ executionId: row.id, stepId: step.id, kind: 'PERSON', content: { checked: true, text } },
        ...{ recordedById: viewer.userId, recordedBy: viewer.name },
      });
      await this.plays.reached(tx, row.id, step);
      return ok({ zh: `复核步骤「${title.zh}」`, en: `Check the step ${title.en}` });
    });
  }

  /** A choice: to accept what is lost (typed where it must be), to commit, or to go back. */
  async decide(
    viewer: Viewer,
    scope: TenantScope,
    wish: StepWish & { readonly choice: 'ACCEPT' | 'COMMIT' | 'ROLL_BACK'; readonly typed: string },
  ): Answer {
    const step = wish.stepId === undefined ? null : await this.repository.stepOf(wish.stepId);
    const execution = step && (await this.repository.one(step.executionId));
    const ground = execution && (await this.grounds.of(execution.groupId));
    return this.ofStep('drExecution.decide', viewer, scope, wish, async (tx, row, locked) => {
      if (locked.kind !== 'DECISION' || locked.state !== 'RUNNING')
        return refuse([wrongState(locked.state, wish.choice)]);
      if (wish.choice === 'ROLL_BACK') {
        if (!(await this.plays.rollBack(tx, row))) return refuse([wrongState(row.state, 'ROLL_BACK')]);
        await this.decided(tx, viewer, row, locked, { choice: 'ROLL_BACK' });
        return ok({ zh: `决定回退 ${row.code}`, en: `Decide to roll ${row.code} back` });
      }
      const accepts = locked.action === 'ACCEPT_LOSS';
      if ((wish.choice === 'ACCEPT') !== accepts) return refuse([wrongState(locked.state, wish.choice)]);
      if (accepts) {
        const wrong = await this.proofs.acceptLoss(tx, viewer, row, ground, wish.typed);
        if (wrong.length > 0) return refuse(wrong);
      }
      await this.decided(tx, viewer, row, locked, { choice: wish.choice });
      const fresh = (await this.repository.lockedStep(tx, locked.id)) ?? locked;
      await this.repository.updateStep(tx, fresh, {
        ...{ ...moved(fresh, 'FINISH'), choice: wish.choice, doneById: viewer.userId, doneBy: viewer.name },
        ...{ finishedAt: tx.now, ...NO_PROBLEM },
        // A decision that somebody else should look at again is a step of its own.
        ...(fresh.secondCheck ? { secondCheck: 0 } : {}),
      });
      const title = sayUsual(locked.title);
      return ok({ zh: `决定「${title.zh}」`, en: `Decide: ${title.en}`, after: { choice: wish.choice } });
    });
  }

  /** The failed step is done again from its beginning. */
  retry(viewer: Viewer, scope: TenantScope, wish: StepWish): Answer {
    return this.ofStep(
      'drExecution.retry',
      viewer,
      scope,
      wish,
      async (tx, row, step) => {
        if (step.state !== 'FAILED') return refuse([wrongState(step.state, 'RETRY')]);
        const state = executionAfter(row.state, 'CLEAN_UP');
        const { byHand, ...params } = step.params;
        await this.repository.updateStep(tx, step, {
          ...{ ...moved(step, 'RETRY'), attempts: 1, startedAt: tx.now, doneById: null, doneBy: null },
          // What people had said of its machines is asked anew.
          ...(byHand === undefined ? {} : { params, kind: 'AUTOMATIC' as const }),
        });
        await this.repository.update(tx, row, {
          ...(row.state === 'CLEANUP_FAILED' && state ? { state } : {}),
          ...{ pausedAt: null, ...NOT_PAUSED },
        });
        const title = sayUsual(step.title);
        return ok({ zh: `重试步骤「${title.zh}」`, en: `Try the step ${title.en} again` });
      },
      true,
    );
  }

  /** What is verified is verified by the system's own department; the statement of a fence is signed by a named department. */
  private wrongHands(viewer: Viewer, row: ExecutionRow, step: StepRow): Refusal[] {
    if (step.action === 'VERIFY' && viewer.departmentId !== row.departmentId)
      return [
        notPermitted('NOT_THE_OWNER', '须由系统使用单位验证', 'It is verified by the department whose system it is'),
      ];
    if (step.action === 'PROVE_FENCE' && viewer.departmentId === null)
      return [notPermitted('NO_DEPARTMENT', '签署人须属于一个部门', 'Whoever signs must be of a department')];
    return [];
  }

  private async decided(tx: Tx, viewer: Viewer, row: ExecutionRow, step: StepRow, content: unknown): Promise<void> {
    await this.evidence.record(tx, {
      ...{ executionId: row.id, stepId: step.id, kind: 'DECISION', content },
      ...{ recordedById: viewer.userId, recordedBy: viewer.name },
    });
  }

  private ofStep(
    name: string,
    viewer: Viewer,
    scope: TenantScope,
    wish: StepWish,
    work: (tx: Tx, row: ExecutionRow, step: StepRow) => Promise<Result<Told, readonly Refusal[]>>,
    evenPaused = false,
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const seen = wish.stepId === undefined ? null : await this.repository.stepOf(wish.stepId, tx);
      const row = seen && (await this.repository.locked(tx, seen.executionId));
      if (!seen || !row || !reaches(scope, row)) return refuse([unknown('id')]);
      const step = (await this.repository.lockedStep(tx, seen.id)) ?? seen;
      const stale = wrongVersion(wish.expectedVersion, step);
      if (stale.length > 0) return refuse(stale);
      if (row.pausedAt !== null && !evenPaused)
        return refuse([notPermitted('PAUSED', '执行已暂停，请先继续', 'It stands still; resume it first')]);
      return told(row, await work(tx, row, step), { step: step.number });
    });
  }
}
