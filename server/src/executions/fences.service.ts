import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { FenceProof, Signer } from './domain/fence-proof.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionsRepository } from './executions.repository.js';
import type { ExecutionRow } from './executions.types.js';

/** Of a fence that keeps a whole center's nodes out, whosever machines run there. */
export const WHOLE_CENTER = '00000000-0000-0000-0000-000000000000';

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

  async raise(tx: Tx, execution: ExecutionRow, of: Proving): Promise<Refusal[]> {
    const wholeCenter = of.kind === 'NETWORK_FENCE' || of.kind === 'BMC_OFF';
    const subject = wholeCenter ? WHOLE_CENTER : execution.groupId;
    const standing = await this.repository.fences([execution.groupId, WHOLE_CENTER], tx);
    const isPaired = of.sameCity;
    const other = standing.find(({ centerId, sameCity }) => sameCity === 1 && centerId !== of.centerId);
    if (isPaired && other)
      return [
        {
          ...{ code: 'NOT_PERMITTED', path: [], reason: 'BOTH_FENCED' },
          message: say(
            '同城另一中心已被隔离；两个同城中心不能同时隔离',
            'The other center of the city is fenced; both are never fenced at once',
          ),
        },
      ];
    const proofId = await this.evidence.prove(tx, { ...of, executionId: execution.id });
    const same = standing.some(({ centerId, subject: of_ }) => centerId === of.centerId && of_ === subject);
    if (!same)
      await this.repository.raiseFence(tx, {
        ...{ id: newId(tx.now.getTime()), subject, centerId: of.centerId, sameCity: isPaired ? 1 : null },
        ...{ executionId: execution.id, proofId, raisedAt: tx.now, liftedAt: null, live: 1 },
      });
    return [];
  }
}
