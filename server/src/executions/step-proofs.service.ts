import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { alwaysTyped, isTyped } from './domain/data-loss.js';
import { refusedSecondSigner } from './domain/fence-proof.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionGrounds, type Ground } from './execution-grounds.service.js';
import { unknown } from './execution-refusals.js';
import { ExecutionsRepository } from './executions.repository.js';
import type { ExecutionRow, StepRow } from './executions.types.js';
import { Fences } from './fences.service.js';

/** What people vouch for: that the old side writes no more, and that they accept what is lost. */
@Injectable()
export class StepProofs {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly evidence: EvidenceRepository,
    private readonly fences: Fences,
    private readonly grounds: ExecutionGrounds,
  ) {}

  /** The second signature; both are kept with what they saw. */
  async sign(
    tx: Tx,
    viewer: Viewer,
    row: ExecutionRow,
    step: StepRow,
    sameCity: ReadonlySet<string>,
  ): Promise<Refusal[]> {
    const { department, fileIds, text } = step.output as { department: string; fileIds: string[]; text: string };
    const first = { userId: step.doneById as string, departmentId: department };
    const refused = refusedSecondSigner(first, viewer);
    if (refused) return [refused];
    const { id: evidenceId } = await this.evidence.record(tx, {
      ...{ executionId: row.id, stepId: step.id, kind: 'STATEMENT' },
      content: { text, fileIds, firstSigner: step.doneBy, secondSigner: viewer.name },
      ...{ recordedById: viewer.userId, recordedBy: viewer.name },
    });
    const centerId = step.params.back === true ? row.toCenterId : row.fromCenterId;
    return this.fences.raise(tx, row, {
      ...{ centerId, sameCity: sameCity.has(centerId), kind: 'STATEMENT', evidenceId },
      ...{ detail: { text, fileIds }, observedAt: tx.now, first, second: viewer },
    });
  }

  /** Shown anew at the press: what was typed for another figure accepts nothing. */
  async acceptLoss(
    tx: Tx,
    viewer: Viewer,
    row: ExecutionRow,
    ground: Ground | null,
    typed: string,
  ): Promise<Refusal[]> {
    if (!ground) return [unknown('id')];
    const shownNow = this.grounds.lossOf(ground, row.kind, row.toCenterId);
    // Where the group leaves the city nothing is accepted by not being asked.
    const loss = (await this.fences.leavesCity(row, tx)) ? alwaysTyped(shownNow) : shownNow;
    const { mustType, seconds } = loss;
    if (mustType !== null && !isTyped(mustType, typed))
      return [
        {
          ...{ code: 'INVALID_INPUT', path: ['typed'], rule: 'typed' },
          message: say(
            `数据丢失量${seconds === null ? '不明' : `至多为最近 ${seconds} 秒`}；请逐字输入「${mustType}」`,
            `What is lost is ${seconds === null ? 'not known' : `at most the last ${seconds} s`}; type ${mustType} letter by letter`,
          ),
        },
      ];
    const shown = mustType ?? `数据丢失在承诺之内：${seconds} 秒`;
    await this.evidence.accept(tx, {
      ...{ executionId: row.id, seconds, shown, typed: mustType === null ? shown : typed.trim() },
      ...{ userId: viewer.userId, name: viewer.name },
    });
    const fresh = (await this.repository.locked(tx, row.id)) ?? row;
    await this.repository.update(tx, fresh, { shownLossSeconds: seconds, shownLossKnown: seconds === null ? 0 : 1 });
    return [];
  }
}
