import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { Tx } from '../platform/database/unit-of-work.js';
import { type PastMove, type PastStep, pastSteps } from './domain/past-move.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionGrounds, type Ground } from './execution-grounds.service.js';
import { unknown } from './execution-refusals.js';
import { CODE_PREFIX } from './execution-requests.service.js';
import { ExecutionsRepository } from './executions.repository.js';
import type { ExecutionRow } from './executions.types.js';
import { newExecution, newSteps } from './new-execution.js';
import { factOf } from './told.js';

/** By whom steps of that time were played. */
const CLAIMED_BY = 'taken-over';

/**
 * Takes in moves of the time before, as the demonstration does: there and back, so that the group serves where it always did.
 * What each step found, the proof that the old side was fenced, the placement and who wrote from then on stand where those of
 * today stand, as of that day.
 */
@Injectable()
export class PastExecutions {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly evidence: EvidenceRepository,
    private readonly grounds: ExecutionGrounds,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
  ) {}

  /** @param moves the earlier first, each from where the one before it went to, and the last back to where the first began. */
  async takeOver(actor: Actor, moves: readonly PastMove[]): Promise<Result<{ ids: string[] }, readonly Refusal[]>> {
    const [first] = moves;
    const ground = first ? await this.grounds.of(first.groupId) : null;
    const stays = moves.every(({ fromCenterId }, at) => at === 0 || fromCenterId === moves[at - 1]?.toCenterId);
    const wroteThere = ground?.picture.dataSets.every(({ places }) =>
      places.every(({ centerId, role }) => role !== 'WRITER' || centerId === first?.fromCenterId),
    );
    if (!ground || !first || !stays || !wroteThere || moves.at(-1)?.toCenterId !== first.fromCenterId)
      return refuse([unknown('groupId')]);
    const input = { groupId: first.groupId, begunAt: moves.map(({ begunAt }) => begunAt.toISOString()) };
    return this.acts.perform({ name: 'drExecution.takeOver', actor, input }, async (tx) => {
      const ids: string[] = [];
      const codes: string[] = [];
      for (const move of moves) {
        const { code, id } = await this.write(tx, ground, move);
        ids.push(id);
        codes.push(code);
      }
      const summary = say(`补录历史切换 ${codes.join('、')}`, `Take in moves of the time before: ${codes.join(', ')}`);
      const fact = factOf({ id: ids[0] as string, departmentId: ground.picture.row.departmentId });
      return ok({ value: { ids }, audit: { ...fact, summary, before: null, after: { codes } } });
    });
  }

  private async write(tx: Tx, ground: Ground, move: PastMove): Promise<ExecutionRow> {
    const { steps, moments, endsAt } = pastSteps(move);
    const then = new Tx(tx.manager, move.begunAt);
    const id = newId(move.begunAt.getTime());
    const code = await this.codes.nextWithin(tx.manager, CODE_PREFIX, accountingYear(move.begunAt));
    const wish = { ...move, runbookId: undefined, acceptUnverified: false, standingOrderId: undefined };
    const loss = { seconds: 0, rpoSeconds: null, unknownTiers: [], mustType: null };
    const drawn = newExecution(
      move.begunAt,
      move.requestedBy,
      ground,
      { ...wish, idempotencyKey: '' },
      {
        ...{ id, code, loss, unverified: false, orderId: null, confirmDueAt: null },
        runbook: { id: '', number: 0, hash: '' },
        sides: { fromCenterId: move.fromCenterId, toCenterId: move.toCenterId },
      },
    );
    const row: ExecutionRow = {
      ...drawn,
      ...{ runbookId: null, runbookNumber: null, runbookHash: null, state: 'CLOSED', open: null, outcome: 'COMMITTED' },
      ...{ closedAt: endsAt, moments: Object.fromEntries(moments.map(({ at, moment }) => [moment, at.toISOString()])) },
    };
    await this.repository.insert(then, row, []);
    for (const { at, by } of move.approvals)
      await this.repository.approve(then, {
        ...{ executionId: id, userId: by.userId, userName: by.name, departmentId: by.departmentId as string },
        ...{ requestedById: row.requestedById, opinion: null, approvedAt: at },
      });
    await this.writeSteps(tx, row, steps);
    const epoch = await this.place(tx, ground, row, steps);
    await this.repository.update(then, row, { epoch });
    for (const { subjectId, topic } of then.changes) tx.changed(topic, subjectId);
    return row;
  }

  private async writeSteps(tx: Tx, row: ExecutionRow, steps: readonly PastStep[]): Promise<void> {
    const blank = newSteps(row.createdAt, row, steps, 1);
    const rows = [];
    for (const [at, step] of steps.entries()) {
      const content = step.by === null ? step.found : { text: step.found.text, fileIds: [] };
      const kind = step.by === null ? 'STEP_OUTPUT' : step.kind === 'DECISION' ? 'DECISION' : 'PERSON';
      const stepRow = blank[at] as (typeof blank)[number];
      const { hash } = await this.evidence.record(new Tx(tx.manager, step.finishedAt), {
        ...{ executionId: row.id, stepId: stepRow.id, kind, content },
        ...{ recordedById: step.by?.userId ?? null, recordedBy: step.by?.name ?? '集云' },
      });
      rows.push({
        ...stepRow,
        ...{ state: 'DONE' as const, attempts: 1, claimedAt: step.startedAt, claimedBy: CLAIMED_BY, claimedEpoch: 0n },
        ...{ startedAt: step.startedAt, finishedAt: step.finishedAt, output: content, outputHash: hash },
        ...{ doneById: step.by?.userId ?? null, doneBy: step.by?.name ?? null },
        choice: step.kind === 'DECISION' ? 'COMMIT' : null,
      });
    }
    await this.repository.addSteps(tx, rows);
  }

  /** The proof, the fence that was lifted since, and who wrote from then on: the new place stands under its own epoch. */
  private async place(tx: Tx, ground: Ground, row: ExecutionRow, steps: readonly PastStep[]): Promise<number> {
    const at = (action: PastStep['action']) =>
      steps.find((step) => step.action === action)?.finishedAt ?? row.createdAt;
    const [proved, promoted, lifted] = [at('PROVE_FENCE'), at('PROMOTE_TARGET'), at('LIFT_FENCE')];
    const machines = ground.machines.filter(({ centerId }) => centerId === row.fromCenterId).map(({ name }) => name);
    const fenced = new Tx(tx.manager, proved);
    const proofId = await this.evidence.prove(fenced, {
      ...{ executionId: row.id, centerId: row.fromCenterId, kind: 'MACHINES_GONE', observedAt: proved },
      detail: { machines, running: 0 },
    });
    await this.repository.raiseFence(fenced, {
      ...{ id: newId(proved.getTime()), subject: row.groupId, centerId: row.fromCenterId, sameCity: null },
      ...{ executionId: row.id, proofId, raisedAt: proved, liftedAt: lifted, live: null, toCenterId: null },
      ...{ acceptanceId: null, besideSubject: null, besideCenterId: null, besideSameCity: null },
    });
    const then = new Tx(tx.manager, promoted);
    const { fromCenterId, groupId, id, toCenterId } = row;
    const epoch = await this.evidence.place(then, { groupId, executionId: id, fromCenterId, toCenterId });
    for (const { id: dataSetId, places } of ground.picture.dataSets) {
      if (!places.some(({ role }) => role === 'WRITER')) continue;
      await this.evidence.promote(then, {
        ...{ executionId: id, kind: row.kind, dataSetId, epoch, proofId, fromCenterId, toCenterId },
        ...{ dataKnown: true, acceptanceId: null },
      });
    }
    return epoch;
  }
}
