import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { refusedSecondFence } from './domain/fence-beside.js';
import type { FenceProof, Signer } from './domain/fence-proof.js';
import { EvidenceRepository } from './evidence.repository.js';
import { unknown } from './execution-refusals.js';
import { ExecutionsRepository } from './executions.repository.js';
import type { ExecutionRow, FenceRow } from './executions.types.js';
import { WHOLE_CENTER } from './fence-subjects.js';

export interface Proving {
  readonly centerId: string;
  /** One of the two of a city. */
  readonly sameCity: boolean;
  readonly kind: FenceProof;
  readonly detail: unknown;
  readonly observedAt: Date;
  readonly evidenceId?: string;
  readonly first?: Signer;
  readonly second?: Signer;
}

/** Fences and what proves them: of the two same-city centers at most one stands fenced, whoever asks. */
@Injectable()
export class Fences {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly evidence: EvidenceRepository,
  ) {}

  /**
   * Asked before the storage is told to keep a center out: what the record refused only afterwards would stand fenced all the
   * same. Whosever group it is: a center that is kept out is kept out for all.
   */
  async isAnyOf(centerIds: readonly string[], executionId: string): Promise<boolean> {
    const [standing, coming] = await Promise.all([this.repository.sameCityFences(), this.repository.beingFenced()]);
    return (
      standing.some(({ centerId }) => centerIds.includes(centerId)) ||
      coming.some((one) => one.executionId !== executionId && centerIds.includes(one.centerId))
    );
  }

  /** The group leaves the city by this: the other center of it stands fenced already, and the target is neither of the two. */
  async leavesCity(of: { groupId: string; fromCenterId: string; toCenterId: string }, tx?: Tx): Promise<boolean> {
    const standing = await this.repository.fences([of.groupId, WHOLE_CENTER], tx);
    return standing.some(
      ({ centerId, sameCity }) => sameCity !== null && centerId !== of.fromCenterId && centerId !== of.toCenterId,
    );
  }

  async raise(tx: Tx, execution: ExecutionRow, of: Proving): Promise<Refusal[]> {
    const wholeCenter = of.kind === 'NETWORK_FENCE' || of.kind === 'BMC_OFF';
    const subject = wholeCenter ? WHOLE_CENTER : execution.groupId;
    const standing = await this.repository.fences([execution.groupId, WHOLE_CENTER], tx);
    const others = of.sameCity
      ? standing.filter(({ centerId, sameCity }) => sameCity !== null && centerId !== of.centerId)
      : [];
    // Also one that itself stands beside another: for this group it is the other of the city all the same.
    const other = others.find(({ sameCity }) => sameCity === 1) ?? others[0];
    const beside = other ? await this.besideOf(tx, execution, of, other) : ok(ALONE);
    if (!beside.ok) return [beside.error];
    const proofId = await this.evidence.prove(tx, { ...of, executionId: execution.id });
    const same = standing.some(({ centerId, subject: of_ }) => centerId === of.centerId && of_ === subject);
    if (!same)
      await this.repository.raiseFence(tx, {
        ...{ id: newId(tx.now.getTime()), subject, centerId: of.centerId, sameCity: of.sameCity ? 1 : null },
        ...{ executionId: execution.id, proofId, raisedAt: tx.now, liftedAt: null, live: 1 },
        ...beside.value,
      });
    return [];
  }

  /** What the record keeps of a fence that stands beside another of its city, if it may. */
  private async besideOf(
    tx: Tx,
    execution: ExecutionRow,
    of: Proving,
    other: FenceRow,
  ): Promise<Result<Partial<FenceRow> & Beside, Refusal>> {
    const [acceptance, approvals, placements, writers] = await Promise.all([
      this.evidence.acceptance(execution.id, tx),
      this.repository.approvals([execution.id], tx),
      this.evidence.placements([execution.groupId], tx),
      this.repository.writersOf(tx, execution.groupId),
    ]);
    const served = placements.get(execution.groupId)?.servingCenterId;
    const refused = refusedSecondFence({
      ...{ kind: execution.kind, centerId: of.centerId, proof: of.kind, otherCenterId: other.centerId },
      ...{ fromCenterId: execution.fromCenterId, toCenterId: execution.toCenterId },
      servesIn: writers.length > 0 || served === undefined ? writers : [served],
      approvers: approvals.map(({ departmentId }) => departmentId),
      underStandingOrder: execution.standingOrderId !== null,
      lossTyped: acceptance?.typed === true,
    });
    if (refused !== null || acceptance === null) return refuse(refused ?? unknown('acceptance'));
    // The second stands beside a first: this one becomes the first of the two.
    if (other.sameCity !== 1) return ok(ALONE);
    return ok({
      ...{ sameCity: 2, toCenterId: execution.toCenterId, acceptanceId: acceptance.id },
      ...{ besideSubject: other.subject, besideCenterId: other.centerId, besideSameCity: 1 },
    });
  }
}

type Beside = Pick<FenceRow, 'toCenterId' | 'acceptanceId' | 'besideSubject' | 'besideCenterId' | 'besideSameCity'>;
const ALONE: Beside & Partial<FenceRow> = {
  ...{ toCenterId: null, acceptanceId: null, besideSubject: null, besideCenterId: null, besideSameCity: null },
};
