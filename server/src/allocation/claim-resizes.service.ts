import { Injectable } from '@nestjs/common';
import { inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { AllocationRepository } from './allocation.repository.js';
import type { Claim } from './domain/claim.js';
import type { ShareName } from './domain/dr-shares.js';
import { isNothing, resizeDelta, type SizeAmounts } from './domain/resize.js';

/** A claim that becomes another one's: of the line that the changed machines came of. */
export interface NewHome {
  /** Of the request that changes. */
  readonly lineId: string;
  readonly to: { readonly requestId: string; readonly lineId: string };
}

/** Claims of machines that become bigger or smaller. One machine has one claim, before and after. */
@Injectable()
export class ClaimResizes {
  constructor(private readonly repository: AllocationRepository) {}

  /**
   * At the grant: what was held to grow by becomes part of the machine's own claim, and new shares become allocated under the
   * line that they belong to. No counter moves: held and allocated count alike. Gives the claims of the new shares.
   */
  async grant(tx: Tx, requestId: string, homes: readonly NewHome[]): Promise<Claim[]> {
    const held = await this.repository.claimsOf(tx, { requestId, state: 'HELD' });
    for (const { growsClaimId, vcpu, memoryMib, diskGib } of held.toSorted(byId))
      if (growsClaimId) await this.grow(tx, growsClaimId, { vcpu, memoryMib, diskGib });
    const grown = held.flatMap(({ claimId, growsClaimId }) => (growsClaimId ? claimId : []));
    if (grown.length > 0) {
      // It ends by becoming part of another; that it was granted, and when, is what the other's size is reckoned back by.
      await tx.manager.query('update claim set allocated_at = ? where id in (?)', [tx.now, inList(grown)]);
      await this.repository.markReleased(tx, grown);
    }
    const made = held.filter(({ growsClaimId }) => !growsClaimId);
    if (made.length > 0) await this.repository.markAllocated(tx, requestId);
    const moved: Claim[] = [];
    for (const { lineId, to } of homes) {
      const own = made.filter((claim) => claim.lineId === lineId);
      if (own.length === 0) continue;
      await tx.manager.query('update claim set request_id = ?, line_id = ? where id in (?)', [
        to.requestId,
        to.lineId,
        inList(own.map(({ claimId }) => claimId)),
      ]);
      moved.push(...own.map((claim) => ({ ...claim, ...to })));
    }
    return moved;
  }

  /** What stays is known by another name when a twin comes or goes. */
  async rename(tx: Tx, claimIds: readonly string[], share: ShareName): Promise<void> {
    if (claimIds.length > 0)
      await tx.manager.query('update claim set share = ? where id in (?)', [share, inList(claimIds)]);
  }

  /**
   * When a resize has been carried out: the machine's claim is what the machine is. Gives what is to be given back, for
   * AllocationService.release, once: asked again it is nothing.
   */
  async shrink(tx: Tx, claimId: string, to: SizeAmounts): Promise<Claim | null> {
    const [claim] = await this.repository.lockedLive(tx, [claimId]);
    if (!claim) return null;
    const { shrinks, grows } = resizeDelta(claim, to);
    if (!isNothing(grows)) throw new Error(`claim ${claimId} would grow where it is to shrink`);
    if (isNothing(shrinks)) return null;
    await tx.manager.query('update claim set vcpu = ?, memory_mib = ?, storage_gib = ? where id = ?', [
      to.vcpu,
      to.memoryMib,
      to.diskGib,
      claimId,
    ]);
    // Its accelerators stay what they were.
    const { accelerators: _, ...rest } = claim;
    return { ...rest, ...shrinks, growsClaimId: claimId };
  }

  private async grow(tx: Tx, claimId: string, by: SizeAmounts): Promise<void> {
    const grown: { affectedRows: number } = await tx.manager.query(
      `update claim set vcpu = vcpu + ?, memory_mib = memory_mib + ?, storage_gib = storage_gib + ?
       where id = ? and state = 'ALLOCATED'`,
      [by.vcpu, by.memoryMib, by.diskGib, claimId],
    );
    if (grown.affectedRows !== 1) throw new WriteConflict('a machine that was to grow has gone');
  }
}

function byId(a: Claim, b: Claim): number {
  return a.claimId < b.claimId ? -1 : 1;
}
