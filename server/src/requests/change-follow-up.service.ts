import { Injectable } from '@nestjs/common';
import { ClaimResizes } from '../allocation/claim-resizes.service.js';
import type { Claim } from '../allocation/domain/claim.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ResourceChanges } from '../resources/resource-changes.service.js';
import { cheaper, encumberedParts, type PricedChange } from './domain/change.js';
import { CHANGE_SUBJECT } from './domain/encumbrance.js';
import { EncumberingService } from './encumbering.service.js';
import { FollowUpService } from './follow-up.service.js';
import { RequestChangesRepository } from './request-changes.repository.js';
import type { ChangeRow } from './request-changes.types.js';
import { RequestsRepository } from './requests.repository.js';

/** What a resource that was changed gives back, for the last writes of the transaction. */
export interface GivenBack {
  readonly moves: readonly BudgetMove[];
  readonly shrunk: readonly Claim[];
}

const NOTHING_BACK: GivenBack = { moves: [], shrunk: [] };

/** What follows when a cluster has done what a change asked for: what is too much goes back, and the last one closes the request. */
@Injectable()
export class ChangeFollowUp {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly changes: RequestChangesRepository,
    private readonly claims: ClaimResizes,
    private readonly resources: ResourceChanges,
    private readonly encumbering: EncumberingService,
    private readonly followUp: FollowUpService,
  ) {}

  /** Called by provisioning in the transaction in which a machine was seen to have its new size. */
  async resized(tx: Tx, resource: { readonly id: string; readonly requestId: string }, by: string): Promise<GivenBack> {
    const granted = await this.changes.grantedOf(tx, resource.id);
    const row = granted.find(({ what, state }) => what === 'RESIZE' && state === 'UNDERWAY');
    if (!row || !(await this.changes.markDone(tx, row))) return NOTHING_BACK;
    const claim = await this.claims.shrink(tx, row.claimId, claimOf(row));
    const before = granted.filter(({ id, state }) => id !== row.id && state === 'DONE');
    const moves = await this.cheaper(tx, resource, row, before, by);
    await this.settle(tx, row.requestId, [row.resourceId]);
    return { moves, shrunk: claim ? [claim] : [] };
  }

  /** Called by provisioning in the transaction in which a machine came into use, or went before it did. */
  async made(tx: Tx, resourceId: string): Promise<void> {
    const row = (await this.changes.grantedOf(tx, resourceId)).find(
      ({ what, state }) => what === 'MAKE' && state === 'UNDERWAY',
    );
    if (row && (await this.changes.markDone(tx, row))) await this.settle(tx, row.requestId, []);
  }

  /** Frees resources that are done with, and closes the request with the last of them. */
  async settle(tx: Tx, requestId: string, resourceIds: readonly string[]): Promise<void> {
    const request = await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
    if (resourceIds.length > 0) await this.resources.free(tx, requestId, resourceIds);
    if (!request) return;
    if ((await this.changes.countUnderWay(tx, requestId)) === 0) await this.followUp.moveBySystem(tx, request, 'CLOSE');
    tx.changed('request', requestId);
  }

  private async cheaper(
    tx: Tx,
    resource: { readonly id: string; readonly requestId: string },
    row: ChangeRow,
    before: readonly PricedChange[],
    by: string,
  ): Promise<readonly BudgetMove[]> {
    if (row.toFen >= row.fromFen) return [];
    const { off } = cheaper(encumberedParts(resource.requestId, row.fromFen, before), row.fromFen - row.toFen);
    const moves: BudgetMove[] = [];
    for (const [at, { requestId, fen, rest }] of off.entries()) {
      const subject = { kind: CHANGE_SUBJECT, id: row.id, round: at + 1 };
      const back = { id: resource.id, requestId, monthlyFen: fen, restFen: rest, subject };
      moves.push(...(await this.encumbering.shrink(tx, back, by)));
    }
    return moves;
  }
}

function claimOf({ claimVcpu, claimMemoryMib, claimDiskGib }: ChangeRow) {
  return { vcpu: claimVcpu, memoryMib: claimMemoryMib, diskGib: claimDiskGib };
}
