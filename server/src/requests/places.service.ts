import { Injectable } from '@nestjs/common';
import { AddressClaims } from '../allocation/address-claims.service.js';
import { AllocationService } from '../allocation/allocation.service.js';
import { ClaimMoves } from '../allocation/claim-moves.service.js';
import { candidatesFor } from '../allocation/domain/candidates.js';
import { sizeOf } from '../allocation/domain/capacity.js';
import { judgeChoice } from '../allocation/domain/chosen-places.js';
import type { Claim } from '../allocation/domain/claim.js';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import { CANDIDATES_KEPT_MAX } from '../allocation/domain/placement.js';
import type { Candidate, PlacementFacts, Share } from '../allocation/domain/placement-facts.js';
import { PlacingService } from '../allocation/placing.service.js';
import { RoundsService } from '../approvals/rounds.service.js';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { nameOf } from './decision-words.js';
import { decideAct, unknownRequest } from './domain/decide.js';
import {
  gone,
  mayStandIn,
  placesOf,
  refusalOf,
  sharesAfter,
  standingAlone,
  standingBeside,
  type Where,
  whereOf,
  withoutIds,
} from './domain/moved-share.js';
import type { Quotation, QuotedLine } from './quotation.service.js';
import { wishesOf } from './quotation-plan.js';
import { type ActWish, type Answer, done } from './request-acts.js';
import { RequestChains } from './request-chains.service.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';
import { SavedQuotations } from './saved-quotations.service.js';

export interface PlacesWish extends ActWish {
  readonly lineId: string | undefined;
  readonly share: ShareName;
  readonly places: readonly { readonly poolId: string | undefined; readonly count: number }[];
}

/** One of the shares that a request holds; without it, all of them. */
export interface ShareWanted {
  readonly lineId: string | undefined;
  readonly share: ShareName | null;
}

export interface PlacesOfShare {
  readonly line: RequestLineRow;
  readonly share: ShareName;
  readonly places: readonly Share[];
  /** Weighed when asked for: a request has up to 1,000 lines, and one of them is looked at. */
  readonly candidates: () => Promise<readonly Candidate[]>;
}

/** What a choice is judged by; read before the unit of work. */
interface Prepared {
  readonly lines: readonly RequestLineRow[];
  readonly quotation: Result<Quotation, readonly Refusal[]>;
}

/** 容量分配: the allocator sees where held machines could be, and puts them elsewhere with a reason. */
@Injectable()
export class PlacesService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly saved: SavedQuotations,
    private readonly placing: PlacingService,
    private readonly allocation: AllocationService,
    private readonly moves: ClaimMoves,
    private readonly addresses: AddressClaims,
    private readonly rounds: RoundsService,
    private readonly chains: RequestChains,
    private readonly acts: Acts,
  ) {}

  /** Of each share of machines that is held: where they are, and how every pool compares that they could be in. */
  async choices(scope: TenantScope, requestId: string, only?: ShareWanted): Promise<PlacesOfShare[]> {
    const request = await this.repository.inScope(scope, requestId);
    if (!request) return [];
    const { lines, quotation } = await this.prepare(request);
    if (!quotation.ok) return [];
    const held = standingAlone(await this.allocation.heldOf(request.id));
    const wishes = wishesOf(quotation.value);
    const found: PlacesOfShare[] = [];
    for (const [index, line] of lines.entries()) {
      if (only && only.lineId !== line.id) continue;
      const where = whereOf(index, wishes);
      if (!where) continue;
      const shares = Map.groupBy(
        held.filter((claim) => claim.lineId === line.id),
        (claim) => claim.share,
      );
      for (const [share, claims] of shares) {
        if (only?.share && only.share !== share) continue;
        const candidates = async () =>
          comparison(share, where, claims, await this.factsFor(quotation.value, claims)).candidates;
        found.push({ line, share, places: placesOf(claims), candidates });
      }
    }
    return found;
  }

  /** Moves machines that are held, all of one share, to other pools that take them by the same criteria. */
  async choose(viewer: Viewer, scope: TenantScope, wish: PlacesWish): Answer {
    const seen = wish.requestId === undefined ? null : await this.repository.inScope(scope, wish.requestId);
    if (!seen) return refuse([unknownRequest()]);
    const [ground, prepared] = await Promise.all([this.chains.ground(viewer), this.prepare(seen)]);
    return this.acts.perform(
      { name: 'request.choosePlaces', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request) return refuse([unknownRequest()]);
        const round = await this.rounds.running(tx, request.id);
        const allowed = decideAct(viewer, request, 'CHOOSE_PLACES', wish, await this.chains.factsIn(tx, round, ground));
        if (!allowed.ok) return allowed;
        const { standing, to } = allowed.value;
        const moved = await this.move(tx, request, wish, prepared, viewer.name);
        if (!moved.ok) return moved;
        const { line, before, after, takeLast, machines } = moved.value;
        await this.repository.update(tx, request.id, { version: request.version + 1 });
        await this.repository.appendStep(tx, request.id, {
          actorId: viewer.userId,
          actorName: nameOf(viewer, !standing || standing.voice.delegationId === null ? null : standing.voice.name),
          actorRole: standing?.role ?? null,
          action: 'CHOOSE_PLACES',
          opinion: `${line.name}：${before} → ${after}。${wish.opinion?.trim() ?? ''}`,
          fromState: request.state,
          toState: to,
        });
        tx.changed('request', request.id);
        return ok({
          ...done(
            request.id,
            request.departmentId,
            say(
              `改放 ${request.code} 的 ${line.name} ${machines} 台`,
              `Place ${machines} machines of ${line.name} of ${request.code} elsewhere`,
            ),
            { version: request.version, line: line.name, share: wish.share, places: before },
            { version: request.version + 1, places: after, reason: wish.opinion?.trim() ?? null },
          ),
          last: async () => {
            await takeLast();
            return ok(undefined);
          },
        });
      },
    );
  }

  private async prepare(request: RequestRow): Promise<Prepared> {
    const lines = await this.repository.lines(request.id);
    return { lines, quotation: await this.saved.of(request, lines) };
  }

  private async move(tx: Tx, request: RequestRow, wish: PlacesWish, { lines, quotation }: Prepared, by: string) {
    if (!quotation.ok) return quotation;
    const index = lines.findIndex((line) => line.id === wish.lineId);
    const line = lines[index];
    const where = whereOf(index, wishesOf(quotation.value));
    const held = standingAlone(await this.allocation.heldOf(request.id, tx));
    const claims = held.filter((claim) => claim.lineId === line?.id && claim.share === wish.share);
    if (!line || !where || claims.length === 0) return refuse([gone()]);
    const facts = await this.factsFor(quotation.value, claims, tx);
    const choice = withoutIds(wish.places);
    const beside = standingBeside(lines, held, claims, facts.pools);
    const verdict = judgeChoice(machinesOf(claims), choice, where.demandOf(wish.share), facts, beside);
    if (!verdict.fits) return refuse([refusalOf(verdict)]);
    const centerIds = choice.map(({ poolId }) => facts.pools.find((pool) => pool.poolId === poolId)?.centerId ?? '');
    const quoted = quotation.value.lines[index] as QuotedLine;
    const elsewhere = mayStandIn(line, wish.share, centerIds, { thing: quoted.thing, prices: quotation.value.prices });
    if (elsewhere) return refuse([elsewhere]);
    const codes = new Map(facts.pools.map((pool) => [pool.poolId, pool.code]));
    const told = (shares: readonly Share[]): string =>
      shares.map(({ poolId, count }) => `${codes.get(poolId) ?? poolId} × ${count}`).join('、');
    const { takeLast } = await this.moves.move(tx, verdict.moves);
    const centers = new Map(facts.pools.map((pool) => [pool.poolId, pool.centerId]));
    const elsewhereNow = new Set(
      verdict.moves.flatMap(({ claimId, fromPoolId, toPoolId }) =>
        centers.get(fromPoolId) === centers.get(toPoolId) ? [] : [claimId],
      ),
    );
    if (elsewhereNow.size > 0) {
      const { id: requestId, code: requestCode, departmentId } = request;
      const answering = await this.addresses.moved(
        tx,
        { requestId, requestCode, departmentId, actorName: by },
        { lineId: line.id, name: line.name, zone: line.zone, centerOf: () => centerIds[0] ?? null, path: ['places'] },
        claims.filter((claim) => elsewhereNow.has(claim.claimId)),
      );
      if (!answering.ok) return answering;
    }
    await this.repository.recordPlacement(tx, [
      {
        id: line.id,
        shares: sharesAfter(line.shares, wish.share, centerIds[0] ?? '', choice),
        checks: verdict.checks,
        candidates: [...comparison(wish.share, where, claims, facts, choice).candidates].slice(0, CANDIDATES_KEPT_MAX),
        monthlyFen: line.monthlyFen,
      },
    ]);
    return ok({ line, before: told(placesOf(claims)), after: told(choice), takeLast, machines: verdict.moves.length });
  }

  /** Of every center; what these claims hold counts as free for them. Of a change without pools that people serve (R5). */
  private factsFor({ standing, ground, lines }: Quotation, held: readonly Claim[], tx?: Tx): Promise<PlacementFacts> {
    const pools = lines.some(({ change }) => change)
      ? standing.pools.filter(({ kind }) => kind === 'DRIVEN')
      : standing.pools;
    return this.placing.facts(new Set([null]), { ...standing, ...ground, pools }, { held, ...(tx ? { tx } : {}) });
  }
}

function machinesOf(claims: readonly Claim[]) {
  return claims
    .toSorted((a, b) => (a.claimId < b.claimId ? -1 : 1))
    .map((claim) => ({ claimId: claim.claimId, poolId: claim.poolId, size: sizeOf(claim) }));
}

/** By the biggest of its machines: where that fits, the others do. */
function comparison(
  share: ShareName,
  where: Where,
  claims: readonly Claim[],
  facts: PlacementFacts,
  places: readonly Share[] = placesOf(claims),
): { readonly places: readonly Share[]; readonly candidates: readonly Candidate[] } {
  const [biggest] = claims.toSorted((a, b) => b.vcpu - a.vcpu || b.memoryMib - a.memoryMib);
  if (!biggest) return { places, candidates: [] };
  const here = facts.pools.find((pool) => pool.poolId === biggest.poolId)?.centerId ?? null;
  const taken = new Map(places.map(({ poolId, count }) => [poolId, count]));
  const line = {
    ...where.demandOf(share),
    ...sizeOf(biggest),
    count: claims.length,
    // Only what runs alone may change its center.
    centerId: share === 'MAIN' ? null : here,
  };
  return { places, candidates: candidatesFor(line, facts, taken) };
}
