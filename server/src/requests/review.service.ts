import { Inject, Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import type { Claim } from '../allocation/domain/claim.js';
import { holdTotalEnd } from '../allocation/domain/claim.js';
import { Acts } from '../audit/acts.service.js';
import { CatalogService } from '../catalog/catalog.service.js';
import type { Image, Offer } from '../catalog/domain/catalog.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { objectNameOf } from '../resources/domain/identity-of-machine.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { NewResource } from '../resources/resources.types.js';
import { SystemsService } from '../systems/systems.service.js';
import { decideAct } from './domain/decide.js';
import { actingRole, permissionFor, type RequestAction, type RequestState } from './domain/request-state.js';
import { returnedHoldExpiry } from './domain/returned-hold.js';
import { RequestsRepository } from './requests.repository.js';
import { type ActWish, type Answer, done, unknownRequest } from './requests.service.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

type SimpleAction = Exclude<RequestAction, 'EDIT' | 'SUBMIT' | 'APPROVE'>;

/** Acts of people on a request that was sent on: sign-off asked, approval, return, rejection, withdrawal. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly allocation: AllocationService,
    private readonly resources: ResourcesService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly catalog: CatalogService,
    private readonly acts: Acts,
    private readonly codes: CodeSequence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What holds capacity keeps it on a return for a while, and gives it back on rejection and withdrawal. */
  async move(viewer: Viewer, scope: TenantScope, action: SimpleAction, wish: ActWish): Answer {
    return this.acts.perform(
      { name: ACT_NAMES[action], actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request) return refuse([unknownRequest()]);
        const to = decideAct(viewer, request, action, wish);
        if (!to.ok) return to;
        const { giveBackLast, holdExpiresAt } = await this.settleHold(tx, request, to.value);
        // Sent back, the chain begins anew: the next sign-off is whoever's it is.
        const signer = to.value === 'RETURNED' ? { signerId: null } : {};
        await this.record(tx, viewer, request, action, to.value, wish.opinion, { holdExpiresAt, ...signer });
        return ok({
          ...done(
            request.id,
            request.departmentId,
            SUMMARIES[action](request.code),
            { state: request.state, version: request.version },
            { state: to.value, version: request.version + 1, opinion: wish.opinion ?? null },
          ),
          last: async () => {
            await giveBackLast();
            return ok(undefined);
          },
        });
      },
    );
  }

  /** The center approves: what is held becomes allocated, and a record is made of every machine for the worker to provision. */
  async approve(viewer: Viewer, scope: TenantScope, wish: ActWish): Answer {
    const seen = wish.requestId === undefined ? null : await this.repository.inScope(scope, wish.requestId);
    if (!seen) return refuse([unknownRequest()]);
    // Read and taken before the transaction: none of it changes with the version that is approved.
    const codes = await this.codes.take('VM', accountingYear(this.clock.now()), seen.machineCount);
    const around = await this.surroundings(seen, await this.repository.lines(seen.id));
    return this.acts.perform(
      { name: 'request.approve', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request) return refuse([unknownRequest()]);
        const to = decideAct(viewer, request, 'APPROVE', wish);
        if (!to.ok) return to;
        const claims = await this.allocation.allocate(tx, request.id);
        const machines = toMachines(request, await this.repository.lines(request.id, tx), claims, codes, around);
        await this.resources.create(tx, machines, viewer.name);
        await this.record(tx, viewer, request, 'APPROVE', to.value, wish.opinion, { holdExpiresAt: null });
        return ok(
          done(
            request.id,
            request.departmentId,
            say(
              `批准 ${request.code}，分配 ${machines.length} 台`,
              `Approve ${request.code}, allocating ${machines.length} machines`,
            ),
            { state: request.state, version: request.version },
            {
              state: to.value,
              version: request.version + 1,
              resources: machines.map((m) => m.code),
              opinion: wish.opinion ?? null,
            },
          ),
        );
      },
    );
  }

  private async settleHold(
    tx: Tx,
    request: RequestRow,
    to: RequestState,
  ): Promise<{ giveBackLast: () => Promise<void>; holdExpiresAt: Date | null }> {
    if (request.heldSince === null) return { giveBackLast: async () => {}, holdExpiresAt: null };
    if (to === 'RETURNED' || to === 'AWAITING_SIGN_OFF') {
      const holdExpiresAt =
        to === 'RETURNED' ? returnedHoldExpiry(tx.now, holdTotalEnd(request.heldSince)) : request.holdExpiresAt;
      if (holdExpiresAt) await this.allocation.setExpiry(tx, request.id, holdExpiresAt);
      return { giveBackLast: async () => {}, holdExpiresAt };
    }
    return { ...(await this.allocation.releaseHeld(tx, request.id)), holdExpiresAt: null };
  }

  private async record(
    tx: Tx,
    viewer: Viewer,
    request: RequestRow,
    action: RequestAction,
    to: RequestState,
    opinion: string | null | undefined,
    more: Partial<RequestRow>,
  ): Promise<void> {
    await this.repository.update(tx, request.id, {
      ...more,
      state: to,
      stateSince: tx.now,
      version: request.version + 1,
    });
    await this.repository.appendStep(tx, request.id, {
      actorId: viewer.userId,
      actorName: viewer.name,
      actorRole: actingRole(permissionFor(action, request.state), viewer.roles),
      action,
      opinion: opinion?.trim() || null,
      fromState: request.state,
      toState: to,
    });
    tx.changed('request', request.id);
  }

  private async surroundings(request: RequestRow, lines: readonly RequestLineRow[]): Promise<Surroundings> {
    const [[department], [system], offers, images] = await Promise.all([
      this.departments.departments([request.departmentId]),
      this.systems.systems([request.systemId]),
      this.catalog.offers(lines.map((l) => l.offerId)),
      this.catalog.images(lines.map((l) => l.imageId)),
    ]);
    if (!department || !system)
      throw new Error(`request ${request.code} belongs to a department or system that is gone`);
    return { departmentCode: department.code, systemCode: system.code, offers, images };
  }
}

interface Surroundings {
  readonly departmentCode: string;
  readonly systemCode: string;
  /** By the lines' positions. */
  readonly offers: readonly (Offer | null)[];
  readonly images: readonly (Image | null)[];
}

const ACT_NAMES: { readonly [A in SimpleAction]: string } = {
  SEND_FOR_SIGN_OFF: 'request.send',
  RETURN: 'request.return',
  REJECT: 'request.reject',
  WITHDRAW: 'request.withdraw',
};
const SUMMARIES: { readonly [A in SimpleAction]: (code: string) => Bilingual } = {
  SEND_FOR_SIGN_OFF: (code) => say(`送审签 ${code}`, `Send ${code} for sign-off`),
  RETURN: (code) => say(`退回补正 ${code}`, `Return ${code} for correction`),
  REJECT: (code) => say(`不予批准 ${code}`, `Reject ${code}`),
  WITHDRAW: (code) => say(`撤回 ${code}`, `Withdraw ${code}`),
};

/** One record a claim. Claims of a line go by id, so that the numbering is the same however often this runs. */
function toMachines(
  request: RequestRow,
  lines: readonly RequestLineRow[],
  claims: readonly Claim[],
  codes: readonly string[],
  around: Surroundings,
): NewResource[] {
  let next = 0;
  return lines.flatMap((line, position) => {
    const [offer, image] = [around.offers[position], around.images[position]];
    if (!offer || !image) throw new Error(`line ${position} of ${request.code} names an offer or image that is gone`);
    return claims
      .filter((claim) => claim.lineId === line.id)
      .toSorted((a, b) => (a.claimId < b.claimId ? -1 : 1))
      .map((claim, n) => {
        const code = codes[next] as string;
        next += 1;
        return {
          code,
          name: `${line.name}-${n + 1}`,
          objectName: objectNameOf(line.name, n + 1, code),
          departmentId: request.departmentId,
          departmentCode: around.departmentCode,
          systemId: request.systemId,
          systemCode: around.systemCode,
          projectId: request.projectId,
          requestId: request.id,
          requestCode: request.code,
          lineId: line.id,
          offerId: line.offerId,
          imageId: line.imageId,
          centerId: line.centerId,
          poolId: claim.poolId,
          claimId: claim.claimId,
          architecture: offer.architecture,
          zone: line.zone,
          vcpu: claim.vcpu,
          memoryMib: claim.memoryMib,
          diskGib: claim.diskGib,
          storageTier: claim.storageTier,
          imageSource: image.source,
          monthlyFen: (line.monthlyFen ?? 0n) / BigInt(line.machineCount),
        };
      });
  });
}
