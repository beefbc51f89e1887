import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { AllocationRepository } from './allocation.repository.js';
import type { Claim } from './domain/claim.js';

/** Claims whose machine is gone and whose disk stays: from then on they are of storage alone. */
@Injectable()
export class KeptClaims {
  constructor(private readonly repository: AllocationRepository) {}

  /**
   * The claim leaves its request and line for what keeps the disk: nothing that looks at those finds it any more. Gives what
   * is to be given back, for AllocationService.release; null = the claim has been released.
   */
  async keepStorage(tx: Tx, claimId: string, keptDiskId: string): Promise<Claim | null> {
    const [claim] = await this.repository.lockedLive(tx, [claimId]);
    if (!claim) return null;
    await tx.manager.query(
      `update claim set request_id = ?, line_id = ?, standing = 'DATA', vcpu = 0, memory_mib = 0, accelerators = null
       where id = ?`,
      [keptDiskId, keptDiskId, claimId],
    );
    return { ...claim, diskGib: 0 };
  }
}
