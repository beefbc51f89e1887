import type { Claim } from '../allocation/domain/claim.js';
import { modesOf, type StandingShare, shareChange } from '../allocation/domain/dr-change.js';
import { expandLine, type ShareName, type ShareWish, type Standing } from '../allocation/domain/dr-shares.js';
import type { ResizedClaim } from '../allocation/domain/growth-plan.js';
import type { Check } from '../allocation/domain/placement-facts.js';
import { isSameSize, resizeDelta, resizedClaims, type SizeAmounts } from '../allocation/domain/resize.js';
import type { Image, Offer } from '../catalog/domain/catalog.js';
import { mayOwe, modeOf } from '../drdebts/domain/debt-policy.js';
import type { PriceMissing, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { quoteMachine, type UnitPrice } from '../pricing/domain/quote.js';
import type { ResourceRow } from '../resources/resources.types.js';
import type { GovernmentSystem, LocalMode, RemoteMode } from '../systems/domain/system.js';
import { whichStays } from './change-refusals.js';
import {
  type ChangeLineContent,
  pathOf,
  type ResizeWays,
  resizeWays,
  tierObjection,
  wishObjections,
} from './domain/change.js';
import type { LineContent } from './domain/content.js';
import { acceleratorsOf, fenOf, type PricedPart, type QuotedThing, sharePrice } from './domain/line-price.js';
import type { QuotedLine } from './quotation.service.js';
import type { NewChange } from './request-changes.types.js';
import type { RequestLineRow } from './requests.types.js';
import type { Shelf } from './shelves.service.js';

/** What of a line is there already, and what becomes of it. */
export interface QuotedChange {
  /** The line that the resources came of. */
  readonly changedLine: Pick<RequestLineRow, 'id' | 'requestId' | 'name'>;
  readonly resized: readonly (ResizedClaim & { readonly claim: Claim })[];
  /** Claims that are known by another share's name afterwards. */
  readonly renamed: readonly { readonly claimId: string; readonly share: ShareName }[];
  /** Data of a share that is too many: no machine, so it goes at the grant. */
  readonly leavingClaimIds: readonly string[];
  /** What the shares that leave cost less, below zero. */
  readonly leavingFen: bigint;
  readonly ways: ResizeWays;
  readonly from: { readonly localMode: LocalMode; readonly remoteMode: RemoteMode };
  readonly rows: readonly NewChange[];
}

/** What a line of a change names, looked up. */
export interface ChangeGround {
  readonly content: ChangeLineContent;
  readonly index: number;
  /** All that the change takes in of the line. */
  readonly machines: readonly ResourceRow[];
  /** Of all machines and data of the line that live. */
  readonly claims: readonly Claim[];
  readonly changedLine: RequestLineRow;
  readonly offer: Offer;
  readonly image: Image;
  readonly system: GovernmentSystem;
  /** Its department and all above it, as far as the rules of debts name any. */
  readonly departmentIds: readonly string[];
  /** Shares of the line that are owed. */
  readonly owed: readonly { readonly share: ShareName; readonly standing: Standing }[];
  readonly shelf: Shelf;
}

/** Where each claim of a line stands. A claim whose pool is in no center of ours is left out. */
export function standingShares(
  claims: readonly Claim[],
  centerOf: (poolId: string) => string | undefined,
): (StandingShare & { readonly claims: readonly Claim[] })[] {
  const shares = Map.groupBy(claims, (claim) => `${claim.share} ${claim.standing} ${centerOf(claim.poolId) ?? ''}`);
  return [...shares.values()].flatMap((own) => {
    const [first] = own as [Claim];
    const centerId = centerOf(first.poolId);
    return centerId === undefined ? [] : [{ share: first.share, standing: first.standing, centerId, claims: own }];
  });
}

/** One line of a change with everything that it comes to, or everything that is against it. */
export function quoteChangeLine(ground: ChangeGround): Result<QuotedLine, readonly Refusal[]> {
  const { content, index, machines, changedLine, offer, image, system, shelf } = ground;
  const [first] = machines as [ResourceRow];
  const { zone, storageTier } = changedLine;
  if (zone === null || storageTier === null) throw new Error(`line ${changedLine.id} is no line of machines`);
  const full = {
    vcpu: offer.vcpu,
    memoryMib: offer.memoryMib,
    diskGib: content.diskGib ?? Math.max(...machines.map(({ diskGib }) => diskGib)),
    storageTier,
  };
  const centers = new Map(shelf.standing.pools.map((pool) => [pool.poolId, pool.centerId]));
  const present = standingShares(ground.claims, (poolId) => centers.get(poolId));
  const from = modesOf([...present, ...ground.owed]);
  const localMode = content.localMode ?? from.localMode;
  const remoteMode = content.remoteMode ?? from.remoteMode;
  const modesChange = localMode !== from.localMode || remoteMode !== from.remoteMode;
  const refusals = tierObjection(storageTier, content.storageTier, index);
  if (refusals.length === 0) refusals.push(...wishObjections(machines, { ...full, modesChange }, index));
  const mains = present.filter(({ share }) => share !== 'RECOVERY');
  const kept = localMode === 'SINGLE' ? mains.find(({ centerId }) => centerId === content.centerId) : undefined;
  if (localMode === 'SINGLE' && from.localMode === 'DUAL_ACTIVE' && !kept) refusals.push(whichStays(index));
  if (refusals.length > 0) return refuse(refusals);
  const count = Math.max(...mains.map((share) => share.claims.length), 0);
  const centerId = localMode === 'SINGLE' ? ((kept ?? mains[0])?.centerId ?? first.centerId) : null;
  const expanded = modesChange
    ? expandLine(
        { kind: 'VM', count, centerId, localMode, remoteMode, standbyRatioPercent: offer.standbyRatioPercent },
        shelf.standing.centers,
        (share) => mayOwe(shelf.debtPolicy, { ...system, departmentIds: ground.departmentIds }, modeOf(share)),
      )
    : ok([] as readonly ShareWish[]);
  const change = expanded.ok && modesChange ? shareChange(present, expanded.value) : null;
  const leaving = change?.surplus ?? [];
  const stays = present.filter((share) => !leaving.includes(share));
  const taken = new Set(machines.map(({ claimId }) => claimId));
  // Of a line that stands alone only some machines may change; with several shares all of it does.
  const own = stays.flatMap((share) =>
    share.claims.filter((claim) => claim.standing === 'DATA' || taken.has(claim.claimId)),
  );
  const byClaim = new Map(machines.map((machine) => [machine.claimId, machine]));
  let missing: PriceMissing | null = null;
  const fenOfSize = (size: SizeAmounts, standing: Standing, at: string | null): bigint => {
    const price = priceOf(shelf.prices, offer, { ...size, storageTier, standing }, at, index);
    if (!price.ok) missing ??= price.error;
    return price.ok ? price.value : 0n;
  };
  const rows: NewChange[] = [];
  const resized = resizedClaims(own, full, offer.standbyRatioPercent).map(({ claim, to }) => {
    const at = centers.get(claim.poolId) ?? null;
    const deltaFen = isSameSize(claim, to)
      ? 0n
      : fenOfSize(to, claim.standing, at) - fenOfSize(claim, claim.standing, at);
    const machine = byClaim.get(claim.claimId);
    if (machine) rows.push(rowOf(machine, 'RESIZE', full, to, machine.monthlyFen + deltaFen));
    return {
      line: index,
      claim,
      ...{ share: claim.share, standing: claim.standing, poolId: claim.poolId, centerId: at ?? '' },
      size: claim,
      grows: resizeDelta(claim, to).grows,
      ...{ architecture: first.architecture, zone, deltaFen },
      protectionLevel: system.protectionLevel,
      domesticCpu: offer.domesticCpu,
    };
  });
  let leavingFen = 0n;
  for (const share of leaving)
    for (const claim of share.claims) {
      const machine = byClaim.get(claim.claimId);
      leavingFen -= machine ? machine.monthlyFen : fenOfSize(claim, share.standing, share.centerId);
      if (machine) rows.push(rowOf(machine, 'LEAVE', machine, claim, 0n));
    }
  const vm = { offerId: offer.id, imageId: image.id, zone, storageTier, diskGib: full.diskGib };
  const thing: QuotedThing = { kind: 'VM', offer, image, vm };
  const shares: readonly ShareWish[] | Check = expanded.ok ? (change?.missing ?? []) : expanded.error;
  const made = madeParts(shelf.prices, thing, expanded.ok ? (change?.missing ?? []) : [], index);
  missing ??= made.missing;
  const delta = resized.reduce((sum, { deltaFen }) => sum + deltaFen, leavingFen) + fenOf(made.parts);
  return ok({
    content: lineContent(changedLine.name, count, machines.length, { vm, centerId, localMode, remoteMode }),
    thing,
    centerId: localMode === 'SINGLE' ? centerId : null,
    localMode,
    remoteMode,
    shares,
    monthlyFen: missing === null ? delta : null,
    parts: made.parts,
    unpricedCenterIds: [],
    missingPrice: missing,
    change: {
      changedLine,
      resized,
      renamed: (change?.kept ?? []).flatMap(({ from: share, share: name }) =>
        share.share === name ? [] : share.claims.map(({ claimId }) => ({ claimId, share: name })),
      ),
      leavingClaimIds: leaving.flatMap(({ claims, standing }) =>
        standing === 'DATA' ? claims.map(({ claimId }) => claimId) : [],
      ),
      leavingFen,
      ways: resizeWays(
        machines.filter(({ claimId }) => own.some((claim) => claim.claimId === claimId)),
        full,
      ),
      from,
      rows,
    },
  });
}

function lineContent(
  name: string,
  count: number,
  machines: number,
  more: Pick<LineContent, 'vm' | 'centerId' | 'localMode' | 'remoteMode'>,
): LineContent {
  // Of a line that stands alone as many as change; of a line with shares as many as each share has.
  const each = more.localMode === 'SINGLE' && more.remoteMode === 'NONE' ? Math.min(count, machines) : count;
  return { kind: 'VM', name, count: Math.max(1, each), server: null, cabinet: null, service: null, ...more };
}

function rowOf(
  machine: ResourceRow,
  what: NewChange['what'],
  to: SizeAmounts,
  claim: SizeAmounts,
  toFen: bigint,
): NewChange {
  return {
    ...{ resourceId: machine.id, claimId: machine.claimId, what },
    ...{ fromVcpu: machine.vcpu, fromMemoryMib: machine.memoryMib, fromDiskGib: machine.diskGib },
    ...{ toVcpu: to.vcpu, toMemoryMib: to.memoryMib, toDiskGib: to.diskGib },
    ...{ claimVcpu: claim.vcpu, claimMemoryMib: claim.memoryMib, claimDiskGib: claim.diskGib },
    fromFen: machine.monthlyFen,
    toFen,
  };
}

interface PricedSize extends SizeAmounts {
  readonly storageTier: 'SSD' | 'HDD';
  readonly standing: Standing;
}

function priceOf(
  prices: readonly UnitPrice[],
  offer: Offer,
  { vcpu, memoryMib, diskGib, storageTier, standing }: PricedSize,
  centerId: string | null,
  index: number,
): Result<bigint, PriceMissing> {
  const disk = { tier: storageTier, gib: diskGib };
  // Data alone has no cards.
  const pieces = standing === 'DATA' ? {} : acceleratorsOf(offer);
  const quoted = quoteMachine(
    prices,
    { architecture: offer.architecture, vcpu, memoryMib, centerId, disk, ...pieces },
    pathOf(index, 'offerId'),
  );
  return quoted.ok ? ok(quoted.value.monthly) : quoted;
}

/** Shares that are missing, each where it would be tried first. */
function madeParts(
  prices: readonly UnitPrice[],
  thing: QuotedThing,
  shares: readonly ShareWish[],
  index: number,
): { readonly parts: readonly PricedPart[]; readonly missing: PriceMissing | null } {
  let missing: PriceMissing | null = null;
  const parts = shares.flatMap((share) => {
    const price = sharePrice(prices, thing, share, share.centerIds[0] ?? null, pathOf(index));
    if (!price.ok) missing ??= price.error;
    return price.ok ? price.value : [];
  });
  return { parts, missing };
}
