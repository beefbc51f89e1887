import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FilesService } from '../files/files.service.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { nextState } from '../kernel/state-machine.js';
import { reaches, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { changeOpen, decideRestore, illegal } from '../resources/domain/release.js';
import type { ResourceState } from '../resources/domain/resource-state.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { changeOf } from '../resources/resource-life.service.js';
import { ResourceMoves } from '../resources/resource-moves.service.js';
import { caseMoved } from './domain/case-notices.js';
import { caseTable } from './domain/case-state.js';
import { CASES_MAX, type CaseAction, type CaseAnswer, checkAct, settledMeanwhile } from './domain/decide-case.js';
import { hasSettled } from './domain/settled.js';
import { LineCases } from './line-cases.service.js';
import { ReclaimRepository } from './reclaim.repository.js';
import { CASE_OWNER, checkFiles, unknownFile } from './reclaim.service.js';
import type { CaseEventRow, CaseRow } from './reclaim.types.js';

export interface CaseWish {
  readonly caseId: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
  readonly reason: string;
  readonly fileIds: readonly (string | undefined)[];
}

export interface AnswersWish {
  readonly answer: CaseAnswer;
  readonly items: readonly { readonly caseId: string | undefined; readonly expectedVersion: number }[];
  readonly reason: string;
  readonly idempotencyKey: string;
}

type Answer = Result<{ id: string }, readonly Refusal[]>;

const WORDS: Readonly<Record<CaseAction, Bilingual>> = {
  OBJECT: say('提出异议', 'Object'),
  AGREE: say('同意收回', 'Agree'),
  RECLAIM: say('决定收回', 'Reclaim'),
  CLOSE: say('结案不收回', 'Close without reclaiming'),
  UNDO: say('撤销收回', 'Take the reclaim back'),
};

/** The steps of a case that people take: the department answers, the center decides, and may take that back. */
@Injectable()
export class ReclaimActs {
  constructor(
    private readonly repository: ReclaimRepository,
    private readonly moves: ResourceMoves,
    private readonly lines: LineCases,
    private readonly policies: LifePolicies,
    private readonly files: FilesService,
    private readonly notices: Notices,
    private readonly acts: Acts,
    private readonly freezes: FreezeGate,
  ) {}

  async act(viewer: Viewer, scope: TenantScope, action: CaseAction, wish: CaseWish): Promise<Answer> {
    const { BIN_DAYS } = await this.policies.policy();
    const { idempotencyKey, ...input } = wish;
    const name = `reclaim.${action.toLowerCase()}`;
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = wish.caseId === undefined ? null : await this.repository.locked(tx, wish.caseId);
      if (!row || !reaches(scope, row)) return refuse([unknownCase()]);
      const answererIds = answerersOf(await this.repository.eventsOf([row.id], tx.manager));
      const wrong = [...checkFiles(wish.fileIds), ...checkAct({ ...row, answererIds }, action, viewer, wish)];
      if (wrong.length > 0) return refuse(wrong);
      const stopped =
        row.lineId === null
          ? await this.touchResource(tx, row, action, viewer, wish.reason.trim(), BIN_DAYS)
          : await this.lines.touch(tx, row, action);
      if (stopped.length > 0) return refuse(stopped);
      const state = nextState(caseTable, row.state, action);
      if (state === undefined) throw new Error(`${row.code} has no way from ${row.state} by ${action}`);
      const fileIds = wish.fileIds as string[];
      if (!(await this.files.attach(tx, fileIds, CASE_OWNER, row.id, viewer.userId))) return refuse([unknownFile()]);
      await this.repository.move(tx, row, state);
      await this.repository.append(tx, {
        caseId: row.id,
        actorId: viewer.userId,
        actorName: viewer.name,
        action,
        toState: state,
        reason: wish.reason.trim() || null,
        fileIds,
      });
      await this.notices.tell(tx, caseMoved(row, action));
      if (row.resourceId !== null) tx.changed('resource', row.resourceId);
      const word = WORDS[action];
      return ok({
        value: { id: row.id },
        audit: {
          objectType: CASE_OWNER,
          objectId: row.id,
          departmentId: row.departmentId,
          summary: say(`${word.zh}：${row.code}`, `${word.en}: ${row.code}`),
          before: { state: row.state },
          after: { state, reason: wish.reason.trim() },
        },
      });
    });
  }

  /** One word of the department to many notices: each stands alone, and answers for itself in the order given. */
  async answerMany(
    viewer: Viewer,
    scope: TenantScope,
    wish: AnswersWish,
  ): Promise<Result<Answer[], readonly Refusal[]>> {
    const { answer, items, reason, idempotencyKey } = wish;
    if (items.length === 0 || items.length > CASES_MAX) return refuse([badBatch()]);
    const answers: Answer[] = [];
    for (const [index, item] of items.entries()) {
      const one = { ...item, reason, fileIds: [], idempotencyKey: `${idempotencyKey}/${index}` };
      answers.push(await this.act(viewer, scope, answer, one));
    }
    return ok(answers);
  }

  /** A decision to reclaim puts it into the bin, whatever protects it from its own people; taking it back restores it. */
  private async touchResource(
    tx: Tx,
    row: CaseRow,
    action: CaseAction,
    viewer: Viewer,
    reason: string,
    binDays: number,
  ): Promise<readonly Refusal[]> {
    if (action !== 'RECLAIM' && action !== 'UNDO') return [];
    const resource = await this.moves.locked(tx, WHOLE_PROVINCE, row.resourceId ?? undefined);
    if (!resource) throw new Error(`the resource of ${row.code} has gone`);
    const text = say(`${WORDS[action].zh}（${row.code}）：${reason}`, `${WORDS[action].en} (${row.code}): ${reason}`);
    const said = { text, by: viewer.name };
    if (action === 'RECLAIM') {
      if (resource.state !== 'IN_USE') return [notInUse(resource.state)];
      if (hasSettled(row, resource)) return [settledMeanwhile()];
      const changing = changeOpen(resource);
      if (changing) return [changing];
      // The bin switches a machine off, which a freeze forbids by whatever door it is put there.
      const frozen = await this.freezes.refused(tx, changeOf(resource));
      if (frozen.length > 0) return frozen;
      await this.moves.intoBin(tx, resource, 'RECLAIM', said, binDays);
      return [];
    }
    if (resource.binCause !== 'RECLAIM')
      return [illegal(resource.state, 'RESTORE', say('资源已不在回收站，不能撤销', 'It is no longer in the bin'))];
    const restored = decideRestore(resource, resource.version, calendarDate(tx.now), true);
    if (!restored.ok) return restored.error;
    await this.moves.outOfBin(tx, resource, said);
    // It was looked at: nobody asks for a review the day after.
    if (resource.temporaryUntil === null)
      await this.moves.told(tx, resource.id, { reviewFrom: tx.now, reviewStage: 'NONE' });
    return [];
  }
}

/** Who spoke for the department in a case. */
export function answerersOf(events: readonly CaseEventRow[]): string[] {
  return events.flatMap(({ action, actorId }) =>
    actorId !== null && (action === 'OBJECT' || action === 'AGREE') ? [actorId] : [],
  );
}

function notInUse(state: ResourceState): Refusal {
  return illegal(
    state,
    'RECLAIM',
    state === 'IN_BIN'
      ? say(
          '使用单位已将其放入回收站：期满释放后自动结案，取出后可再决定',
          'Its department has put it in the bin: the case closes when it leaves for good; taken out, it can be decided',
        )
      : say('资源已不在使用中，请结案', 'It is no longer in use; close the case'),
  );
}

function badBatch(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['items'],
    rule: 'range',
    message: say(`一次答复 1 至 ${CASES_MAX} 个案件`, `1 to ${CASES_MAX} cases at once`),
  };
}

export function unknownCase(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这个案件，或不属于您的单位', 'There is no such case, or it is not your department’s'),
  };
}
