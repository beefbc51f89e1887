import type { AddressedLine } from '../allocation/address-claims.service.js';
import type { HeldPiece } from '../allocation/allocation.types.js';
import type { Claim } from '../allocation/domain/claim.js';
import type { PlacedShare } from '../allocation/domain/dr-shares.js';
import { type HeldAmounts, NOTHING_HELD, type SomeHeld, sumHeld, thingsHeld } from '../allocation/domain/held-cap.js';
import { type PlannedLine, pathOf, type RequestPlan } from '../allocation/domain/request-plan.js';
import { isNothing } from '../allocation/domain/resize.js';
import type { ItemLine } from '../allocation/item-claims.service.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { SomeAmounts } from '../quotas/domain/quota.js';
import type { QuotaWay } from '../quotas/quotas.service.js';
import { serviceKey, unitKey } from './beyond-quota.js';
import { NOTHING_BEYOND, tellApart } from './domain/beyond-quota.js';
import { lineTakes } from './domain/line-quota.js';
import type { Quotation, QuotedLine } from './quotation.service.js';
import { askedOf, wishesOf } from './quotation-plan.js';
import type { RequestLineRow } from './requests.types.js';

/** Lines that ask for what is no machine, as they are held. */
export function itemLinesOf(
  quotation: Quotation,
  placed: readonly { readonly line: QuotedLine; readonly row: RequestLineRow; readonly planned: PlannedLine }[],
  { beyond, already }: BeyondQuota = ALL_COVERED,
): ItemLine[] {
  const wishes = wishesOf(quotation);
  return placed.flatMap(({ line, row, planned }, index) => {
    const wish = wishes[index];
    if (!wish || wish.thing.kind === 'VM') return [];
    const count = line.serviceChange?.growsBy ?? line.content.count;
    const serviceTakes = line.thing.kind === 'SERVICE' && count > 0 ? lineTakes(line.thing, [], count) : {};
    const resized = line.thingsChange?.resized ?? [];
    const ofShares = new Map(planned.shares.map(({ share }) => [share, beyond.get(unitKey(index, share)) ?? 0]));
    const service = beyond.has(serviceKey(index)) || already.has(line.serviceChange?.changedLine.id ?? '');
    const of = line.thing.kind === 'SERVICE' ? new Map([['MAIN' as const, service ? 1 : 0]]) : ofShares;
    const facts = { lineId: row.id, name: row.name, wish, planned, serviceTakes, resized };
    return [{ ...facts, beyond: of, grownBeyond: already }];
  });
}

/** Which of a request draw no quota: of what is new so many by `unitKey`, and what grows by its id. */
export interface BeyondQuota {
  readonly beyond: ReadonlyMap<string, number>;
  readonly already: ReadonlySet<string>;
}

export const ALL_COVERED: BeyondQuota = { beyond: NOTHING_BEYOND, already: new Set() };

/** Machines of one line as they are held: what is made for it, and what machines that are there get more. */
export function piecesOf(
  lineId: string,
  { shares }: PlannedLine,
  { change }: QuotedLine,
  { index, beyond }: { readonly index: number; readonly beyond: ReadonlyMap<string, number> } = NO_LINE,
): HeldPiece[] {
  const made = tellApart(
    shares.flatMap(({ share, standing, pieces }) => pieces.map((piece) => ({ ...piece, lineId, share, standing }))),
    ({ share, size }) => unitKey(index, share, size.vcpu, size.memoryMib),
    beyond,
  );
  const more = (change?.resized ?? [])
    .filter(({ grows }) => !isNothing(grows))
    .map(
      ({ claim, grows, share, standing, poolId }): HeldPiece => ({
        ...{ lineId, share, standing, poolId, count: 1 },
        size: { ...grows, storageTier: claim.storageTier },
        grows: { claimId: claim.claimId, quotaIds: claim.quotaIds },
        beyondQuota: claim.beyondQuota === true,
      }),
    );
  return [...made, ...more];
}

/** Lines whose machines and servers answer on a network. */
export function addressedLines(
  placed: readonly { readonly line: QuotedLine; readonly row: RequestLineRow; readonly planned: PlannedLine }[],
): AddressedLine[] {
  return placed.map(({ line: { thing }, row, planned }, index) => ({
    lineId: row.id,
    name: row.name,
    zone: thing.kind === 'VM' ? thing.vm.zone : null,
    centerOf: (share) => planned.shares.find((one) => one.share === share)?.centerId ?? null,
    path: pathOf(index),
  }));
}

const NO_LINE = { index: 0, beyond: NOTHING_BEYOND };

/** Whose quotas a request takes: those of its system's department and all above it, of the system and of the project. */
export function wayOf({ system, project }: Quotation): QuotaWay {
  return { departmentId: system.departmentId, system, project };
}

/** What a request holds already: it counts as free for it. */
export interface Own {
  readonly held: readonly Claim[];
  readonly heldPlaces: readonly string[];
  /** By quota. */
  readonly inQuotas: ReadonlyMap<string, SomeAmounts>;
  /** Of all that its department may hold at once. */
  readonly capped: HeldAmounts;
}

export const NOTHING_OWN: Own = { held: [], heldPlaces: [], inQuotas: new Map(), capped: NOTHING_HELD };

export interface TakenHold {
  readonly monthlyFen: bigint | null;
  readonly heldSince: Date;
  readonly expiresAt: Date;
  readonly shares: readonly (readonly PlacedShare[])[];
  /** Reserved in budgets, whoever pays. */
  readonly encumberedFen: bigint;
  /** Budgets and counters, last before commit. Refuses what a budget has not got. */
  readonly takeLast: Last;
}

export type Last = () => Promise<Result<void, readonly Refusal[]>>;

/** What the plan would hold of all that is capped; services hold nobody's place. */
export function heldAsked(quotation: Quotation, plan: RequestPlan): SomeHeld {
  const lines = quotation.lines.filter(({ thing }) => thing.kind !== 'SERVICE');
  const { VCPU, MEMORY_MIB, STORAGE_GIB, ACCELERATOR, ...things } = askedOf({ ...quotation, lines });
  const answering = plan.lines.flatMap(({ shares }) => shares.map(({ addresses = 0 }) => ({ ADDRESS: addresses })));
  return sumHeld([{ VCPU, MEMORY_MIB, STORAGE_GIB, ACCELERATOR }, thingsHeld(things), ...answering]);
}
