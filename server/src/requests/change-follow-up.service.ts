import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { ClaimResizes } from '../allocation/claim-resizes.service.js';
import type { Claim } from '../allocation/domain/claim.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import { say } from '../kernel/bilingual.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { RecordedMachines } from '../resources/recorded-machines.service.js';
import { ResourceChanges } from '../resources/resource-changes.service.js';
import { isAsItWas } from './changed-by-hand.js';
import { DataCosts } from './data-costs.service.js';
import { cheaper, encumberedParts, type PricedChange } from './domain/change.js';
import { CHANGE_SUBJECT } from './domain/encumbrance.js';
import { EncumberingService } from './encumbering.service.js';
import { FollowUpService } from './follow-up.service.js';
import { RequestChangesRepository } from './request-changes.repository.js';
import type { ChangeRow } from './request-changes.types.js';
import { RequestItemChangesRepository } from './request-item-changes.repository.js';
import { RequestsRepository } from './requests.repository.js';
import { ServiceChangesDone } from './service-changes-done.service.js';
import { ThingChangesDone } from './thing-changes-done.service.js';

/** What a resource that was changed gives back, for the last writes of the transaction. */
export interface GivenBack {
  readonly moves: readonly BudgetMove[];
  readonly shrunk: readonly Claim[];
  /** Claims that end. */
  readonly claimIds: readonly string[];
  /** Moves quotas of what is no claim of a pool. */
  readonly quotasLast?: () => Promise<void>;
}

const NOTHING_BACK: GivenBack = { moves: [], shrunk: [], claimIds: [] };

/** What follows when a cluster, or people, have done what a change asked for: what is too much goes back, and the last one closes the request. */
@Injectable()
export class ChangeFollowUp {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly changes: RequestChangesRepository,
    private readonly claims: ClaimResizes,
    private readonly resources: ResourceChanges,
    private readonly encumbering: EncumberingService,
    private readonly followUp: FollowUpService,
    private readonly recorded: RecordedMachines,
    private readonly allocation: AllocationService,
    private readonly dataCosts: DataCosts,
    private readonly services: ServiceChangesDone,
    private readonly things: ThingChangesDone,
    private readonly itemChanges: RequestItemChangesRepository,
    private readonly notices: Notices,
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
    return { ...NOTHING_BACK, moves, shrunk: claim ? [claim] : [] };
  }

  /** Called by provisioning where a machine cannot take its new size while it runs: who asked for it decides when. Told once a change. */
  async asksForRestart(
    tx: Tx,
    { code, resourceId }: { readonly code: string; readonly resourceId: string },
  ): Promise<void> {
    const granted = await this.changes.grantedOf(tx, resourceId);
    const row = granted.find(({ what, state }) => what === 'RESIZE' && state === 'UNDERWAY');
    // Only read: whoever decides about the change has locked it, and waits for the machine that is being written down here.
    const request = row && (await this.repository.inScope(WHOLE_PROVINCE, row.requestId, tx));
    if (!row || !request) return;
    await this.notices.tell(tx, {
      kind: 'WORK_WAITING',
      subject: { type: 'Resource', id: resourceId },
      audience: { userIds: [request.applicantId] },
      text: say(
        `${code} 的新规格不能在线生效，请在业务方便时重启（变更单 ${request.code}）`,
        `The new size of ${code} cannot take effect while it runs: restart it when it suits (change ${request.code})`,
      ),
      onceKey: `resize/${row.id}/restart`,
    });
  }

  /**
   * The way back of the port LINE_FULFILMENT for a line of a change: people have done on their platform all that it asked for.
   * null = the line is of no change. Told again, nothing follows again.
   */
  async lineDone(tx: Tx, lineId: string, evidence: string | null, by: string): Promise<GivenBack | null> {
    const requestId = await this.repository.requestOfLine(tx, lineId);
    const request = requestId === null ? null : await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
    if (request?.nature !== 'CHANGE') return null;
    if (!(await this.repository.markFulfilled(tx, lineId, evidence))) return NOTHING_BACK;
    const [line] = await this.repository.linesByIds([lineId], tx);
    if (line?.kind === 'SERVER' || line?.kind === 'CABINET') {
      const back = await this.things.done(tx, line, by);
      await this.settle(tx, request.id, []);
      return { ...NOTHING_BACK, ...back };
    }
    if (line?.kind === 'SERVICE') {
      const back = await this.services.done(tx, line, by);
      await this.settle(tx, request.id, []);
      return { ...NOTHING_BACK, ...back };
    }
    const rows = (await this.changes.ofRequest(request.id, tx)).filter(
      (row) => row.lineId === lineId && row.state === 'UNDERWAY',
    );
    const byHand = await this.resources.lockedByHand(
      tx,
      rows.map(({ resourceId }) => resourceId),
    );
    const made = rows.filter(({ what, resourceId }) => what === 'MAKE' && byHand.has(resourceId));
    await this.recorded.deliverThese(
      tx,
      made.map(({ resourceId }) => resourceId),
    );
    const done = [...made];
    const back: GivenBack[] = [await this.dataLeft(tx, lineId, rows, by)];
    for (const row of rows.filter(({ what }) => what === 'RESIZE'))
      if (isAsItWas(row)) done.push(row);
      else if (byHand.has(row.resourceId)) back.push(await this.resizedByHand(tx, row, evidence, by));
    const free: string[] = [];
    for (const row of done) if (await this.changes.markDone(tx, row)) free.push(row.resourceId);
    await this.settle(tx, request.id, free);
    return {
      moves: back.flatMap(({ moves }) => moves),
      shrunk: back.flatMap(({ shrunk }) => shrunk),
      claimIds: back.flatMap(({ claimIds }) => claimIds),
    };
  }

  private async resizedByHand(tx: Tx, row: ChangeRow, evidence: string | null, by: string): Promise<GivenBack> {
    const [line] = await this.repository.linesByIds([row.lineId], tx);
    const { toVcpu: vcpu, toMemoryMib: memoryMib, toDiskGib: diskGib, toFen: monthlyFen } = row;
    const to = { vcpu, memoryMib, diskGib, monthlyFen, offerId: line?.offerId ?? '' };
    const { requestId } = await this.resources.resizedByHand(tx, row.resourceId, to, evidence);
    return this.resized(tx, { id: row.resourceId, requestId }, by);
  }

  /** Data on a platform of its own that the line no longer has: it was kept until people had removed it. */
  private async dataLeft(tx: Tx, lineId: string, rows: readonly ChangeRow[], by: string): Promise<GivenBack> {
    const [line] = await this.repository.linesByIds([lineId], tx);
    if (!line?.changedLineId || line.remoteMode === 'DATA') return NOTHING_BACK;
    const claims = (await this.allocation.allocatedOfLines([line.changedLineId], tx)).filter(
      ({ standing }) => standing === 'DATA',
    );
    const machineIds = rows.map(({ resourceId }) => resourceId);
    const moves = await this.dataCosts.gone(tx, claims, machineIds, by);
    return { moves, shrunk: [], claimIds: claims.map(({ claimId }) => claimId) };
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
    const waiting =
      (await this.changes.countUnderWay(tx, requestId)) +
      (await this.itemChanges.countUnderWay(tx, requestId)) +
      (await this.repository.unfulfilledLines(tx, requestId)).length;
    if (waiting === 0) await this.followUp.moveBySystem(tx, request, 'CLOSE');
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
