import { modesOf, type StandingShare, shareChange } from '../allocation/domain/dr-change.js';
import { expandLine, type ShareName, type ShareWish, type Standing } from '../allocation/domain/dr-shares.js';
import type { ResizedPlace } from '../allocation/domain/grown-space.js';
import type { Check } from '../allocation/domain/placement-facts.js';
import type { ItemClaim } from '../allocation/item-record.service.js';
import { type SpaceSize, type ThingInSpace, tooSmallFor } from '../cabinets/domain/growth.js';
import { toHalfUnits } from '../cabinets/domain/units.js';
import type { GivenPlace } from '../cabinets/space.types.js';
import { STANDBY_RATIO_DEFAULT } from '../catalog/domain/catalog.js';
import type { CabinetOffer, ServerOffer } from '../catalog/domain/entries.js';
import { mayOwe, modeOf } from '../drdebts/domain/debt-policy.js';
import { say } from '../kernel/bilingual.js';
import type { PriceMissing, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { GovernmentSystem, LocalMode, RemoteMode } from '../systems/domain/system.js';
import { whichStays } from './change-refusals.js';
import { spotOf } from './changed-things-by-hand.js';
import { type ChangeLineContent, pathOf } from './domain/change.js';
import { fenOf, type PricedPart, type QuotedThing, sharePrice } from './domain/line-price.js';
import { stillStandsIn, type ThingsWish } from './domain/things-change.js';
import type { QuotedLine } from './quotation.service.js';
import type { NewItemChange } from './request-item-changes.types.js';
import { GRAMS_PER_KG } from './request-rows.js';
import type { RequestLineRow } from './requests.types.js';
import type { Shelf } from './shelves.service.js';

/** One live server or place of a line, with all that is known of it. */
export interface ItemNow {
  readonly item: ItemClaim & { readonly centerId: string };
  /** A month of it, as agreed or as changes have made it. */
  readonly monthlyFen: bigint;
  /** null = a server. */
  readonly place: (Pick<GivenPlace, 'holder' | 'cabinet'> & { readonly inQuota: boolean }) | null;
  readonly things: readonly ThingInSpace[];
}

/** What a line of a change does to servers or places. */
export interface QuotedThingsChange {
  readonly changedLine: Pick<RequestLineRow, 'id' | 'requestId' | 'name'>;
  readonly from: { readonly localMode: LocalMode; readonly remoteMode: RemoteMode; readonly size: SpaceSize | null };
  readonly resized: readonly ResizedPlace[];
  /** Where these are, as printed on the frames. */
  readonly spots: readonly string[];
  /** Known by another share's name afterwards. */
  readonly renamed: readonly { readonly itemId: string; readonly share: ShareName }[];
  readonly leaving: readonly ItemNow[];
  /** What leaves costs less, below zero. */
  readonly leavingFen: bigint;
  readonly rows: readonly NewItemChange[];
}

export interface ThingsGround {
  readonly content: ChangeLineContent & { readonly things: ThingsWish };
  readonly index: number;
  readonly items: readonly ItemNow[];
  readonly changedLine: RequestLineRow;
  readonly offer:
    | { readonly kind: 'SERVER'; readonly offer: ServerOffer }
    | { readonly kind: 'CABINET'; readonly offer: CabinetOffer };
  readonly system: GovernmentSystem;
  readonly departmentIds: readonly string[];
  readonly owed: readonly { readonly share: ShareName; readonly standing: Standing }[];
  readonly shelf: Shelf;
}

type StandingItems = StandingShare & { readonly items: readonly ItemNow[] };

/** What stands in the recovery center stands by; data of servers and places is asked for as machines' storage. */
export function itemShares(items: readonly ItemNow[]): StandingItems[] {
  return [...Map.groupBy(items, ({ item }) => `${item.share} ${item.centerId}`).values()].map((own) => {
    const [{ item }] = own as [ItemNow];
    const standing = item.share === 'RECOVERY' ? 'STANDBY' : 'RUNNING';
    return { share: item.share, centerId: item.centerId, standing, items: own };
  });
}

/** One line of a change with everything that it comes to, or everything that is against it. */
export function quoteThings(ground: ThingsGround): Result<QuotedLine, readonly Refusal[]> {
  const { content, index, items, changedLine, offer: ware, system, shelf } = ground;
  const present = itemShares(items);
  const fromModes = modesOf([...present, ...ground.owed]);
  const localMode = content.localMode ?? fromModes.localMode;
  const remoteMode = content.remoteMode ?? fromModes.remoteMode;
  const modesChange = localMode !== fromModes.localMode || remoteMode !== fromModes.remoteMode;
  const size = sizeNow(items, changedLine);
  const to = ware.kind === 'CABINET' ? sizeAfter(size, content.things) : NO_SIZE;
  const refusals = wishObjections(ground, modesChange, size, to);
  const mains = present.filter(({ share }) => share !== 'RECOVERY');
  const kept = localMode === 'SINGLE' ? mains.find(({ centerId }) => centerId === content.centerId) : undefined;
  if (localMode === 'SINGLE' && fromModes.localMode === 'DUAL_ACTIVE' && !kept) refusals.push(whichStays(index));
  if (refusals.length > 0) return refuse(refusals);
  const count = Math.max(...mains.map((share) => share.items.length), 1);
  const centerId = localMode === 'SINGLE' ? ((kept ?? mains[0])?.centerId ?? null) : null;
  const standbyRatioPercent = STANDBY_RATIO_DEFAULT;
  const expanded = modesChange
    ? expandLine(
        { kind: ware.kind, count, centerId, localMode, remoteMode, standbyRatioPercent },
        shelf.standing.centers,
        (share) => mayOwe(shelf.debtPolicy, { ...system, departmentIds: ground.departmentIds }, modeOf(share)),
      )
    : ok([] as readonly ShareWish[]);
  const change = expanded.ok && modesChange ? shareChange(present, expanded.value) : null;
  const leaving = (change?.surplus ?? []).flatMap((share) => share.items);
  const inTheWay = leaving.flatMap((one) => emptied(one, changedLine.name, index));
  if (inTheWay.length > 0) return refuse(inTheWay);
  const stays = present.flatMap((share) => share.items).filter((one) => !leaving.includes(one));
  const thing: QuotedThing =
    ware.kind === 'SERVER' ? { ...ware, image: null } : { ...ware, ...to, apart: Boolean(changedLine.placesApart) };
  const prices = new PricesOf(shelf, thing, index);
  const resized = ware.kind === 'CABINET' ? stays.map((one) => resizedOf(ground, one, ware.offer, to, prices)) : [];
  const leavingFen = leaving.reduce((sum, { monthlyFen }) => sum - monthlyFen, 0n);
  const missing = change?.missing ?? [];
  const made = missing.flatMap((share) => prices.parts(share));
  const delta = resized.reduce((sum, { deltaFen }) => sum + (deltaFen ?? 0n), leavingFen) + fenOf(made);
  const shares: readonly ShareWish[] | Check = expanded.ok ? missing : expanded.error;
  const none = { vm: null, server: null, cabinet: null, service: null } as const;
  return ok({
    content: {
      ...{ ...none, kind: ware.kind, name: changedLine.name, count, centerId, localMode, remoteMode },
      ...(ware.kind === 'SERVER'
        ? { server: { offerId: ware.offer.id } }
        : { cabinet: cabinetPart(ware.offer, to, Boolean(changedLine.placesApart)) }),
    },
    ...{ thing, centerId, localMode, remoteMode, shares },
    monthlyFen: prices.missing === null ? delta : null,
    parts: made,
    unpricedCenterIds: [],
    missingPrice: prices.missing,
    thingsChange: {
      changedLine,
      from: { ...fromModes, size: ware.kind === 'CABINET' ? size : null },
      resized,
      spots: stays.flatMap((one) => spotOf(one) ?? []),
      renamed: (change?.kept ?? []).flatMap(({ from, share }) =>
        from.share === share ? [] : from.items.map(({ item }) => ({ itemId: item.id, share })),
      ),
      leaving,
      leavingFen,
      rows: [
        ...stays.map((one) =>
          rowOf(
            one,
            'RESIZE',
            to,
            resized.find(({ holderId }) => holderId === one.item.subjectId),
          ),
        ),
        ...leaving.map((one) => rowOf(one, 'LEAVE', sizeOf(one), undefined)),
      ],
    },
  });
}

const NO_SIZE: SpaceSize = { heightHalfUnits: 0, powerW: 0, weightGrams: 0 };

function sizeOf({ place }: ItemNow): SpaceSize {
  return place ? pickSize(place.holder) : NO_SIZE;
}

function pickSize({ heightHalfUnits, powerW, weightGrams }: SpaceSize): SpaceSize {
  return { heightHalfUnits, powerW, weightGrams };
}

/** Places of a line are of one size: whatever was settled later took the size of that time. */
export function sizeNow(items: readonly ItemNow[], line: RequestLineRow): SpaceSize {
  const [first] = items.filter(({ place }) => place !== null);
  if (first) return sizeOf(first);
  const { heightHalfUnits, powerW, weightGrams } = line;
  return { heightHalfUnits: heightHalfUnits ?? 0, powerW: powerW ?? 0, weightGrams: weightGrams ?? 0 };
}

function sizeAfter(now: SpaceSize, { heightUnits, powerW, weightKg }: ThingsWish): SpaceSize {
  return {
    heightHalfUnits: heightUnits === null ? now.heightHalfUnits : (toHalfUnits(heightUnits) ?? 0),
    powerW: powerW ?? now.powerW,
    weightGrams: weightKg === null ? now.weightGrams : weightKg * GRAMS_PER_KG,
  };
}

export function isSameSpace(a: SpaceSize, b: SpaceSize): boolean {
  return a.heightHalfUnits === b.heightHalfUnits && a.powerW === b.powerW && a.weightGrams === b.weightGrams;
}

function wishObjections(
  { index, items, offer: ware, content, changedLine }: ThingsGround,
  modesChange: boolean,
  now: SpaceSize,
  to: SpaceSize,
): Refusal[] {
  const { heightUnits, powerW, weightKg } = content.things;
  const refusals: Refusal[] = [];
  const wrong = (field: string[], rule: string, zh: string, en: string) =>
    refusals.push({ code: 'INVALID_INPUT', path: pathOf(index, ...field), rule, message: say(zh, en) });
  if (ware.kind === 'SERVER' && [heightUnits, powerW, weightKg].some((one) => one !== null))
    wrong(
      ['things'],
      'serverFixed',
      '服务器的配置不能变更：请新申请所需规格的服务器，迁移后退还原服务器',
      'A server is what it is: ask for another one, move, and give this one back',
    );
  if (ware.kind === 'CABINET' && ware.offer.form === 'WHOLE' && to.heightHalfUnits !== now.heightHalfUnits)
    wrong(
      ['things', 'heightUnits'],
      'wholeCabinet',
      `整柜高度固定为 ${ware.offer.heightUnits} U，可变更功率和承重；需要更多请新申请整柜`,
      `A whole cabinet has its ${ware.offer.heightUnits} U: power and load can change; ask for another cabinet to have more`,
    );
  const changes = modesChange || items.some((one) => one.place !== null && !isSameSpace(sizeOf(one), to));
  if (refusals.length === 0 && !changes)
    wrong(
      [],
      'nothingChanges',
      ware.kind === 'SERVER' ? '容灾模式与现在相同' : 'U 位、功率、承重和容灾模式都与现在相同',
      ware.kind === 'SERVER' ? 'Its DR mode is as it is' : 'Units, power, load and DR mode are all as they are',
    );
  if (refusals.length === 0)
    for (const one of items) refusals.push(...tooSmall(one, to, changedLine.name, index).slice(0, 1));
  return refusals.slice(0, REFUSALS_MAX);
}

/** Places of a line are alike: the first few say it. */
const REFUSALS_MAX = 5;

function tooSmall(one: ItemNow, to: SpaceSize, name: string, index: number): Refusal[] {
  if (one.place === null) return [];
  const what = tooSmallFor(sizeOf(one), to, one.things);
  if (what === null) return [];
  const sum = (of: 'powerW' | 'weightGrams') => one.things.reduce((total, thing) => total + thing[of], 0);
  const figures = {
    UNITS: { field: 'heightUnits', now: 0, least: to.heightHalfUnits },
    POWER_W: { field: 'powerW', now: sum('powerW'), least: to.powerW },
    WEIGHT_GRAMS: { field: 'weightKg', now: sum('weightGrams'), least: to.weightGrams },
  }[what];
  return [stillStandsIn({ name, what, ...figures }, pathOf(index, 'things', figures.field))];
}

/** What leaves leaves empty. */
function emptied({ things }: ItemNow, name: string, index: number): Refusal[] {
  if (things.length === 0) return [];
  return [stillStandsIn({ name, what: 'ALL', now: things.length, least: 0 }, pathOf(index, 'localMode'))];
}

/** What a share, or a size, costs where it stands; remembers the first price that is missing. */
class PricesOf {
  missing: PriceMissing | null = null;

  constructor(
    private readonly shelf: Shelf,
    private readonly thing: QuotedThing,
    private readonly index: number,
  ) {}

  parts(share: ShareWish): readonly PricedPart[] {
    return this.of(this.thing, share, share.centerIds[0] ?? null);
  }

  each(thing: QuotedThing, standing: Standing, centerId: string): bigint {
    return fenOf(this.of(thing, { standing, owed: false, count: 1 }, centerId));
  }

  private of(
    thing: QuotedThing,
    share: Pick<ShareWish, 'standing' | 'owed' | 'count'>,
    centerId: string | null,
  ): readonly PricedPart[] {
    const price = sharePrice(this.shelf.prices, thing, share, centerId, pathOf(this.index));
    if (!price.ok) this.missing ??= price.error;
    return price.ok ? price.value : [];
  }
}

function resizedOf(
  { index, changedLine }: ThingsGround,
  one: ItemNow,
  offer: CabinetOffer,
  to: SpaceSize,
  prices: PricesOf,
): ResizedPlace {
  const { item, place, monthlyFen } = one;
  const from = sizeOf(one);
  const apart = Boolean(changedLine.placesApart);
  const standing: Standing = item.share === 'RECOVERY' ? 'STANDBY' : 'RUNNING';
  const fen = (size: SpaceSize) => prices.each({ kind: 'CABINET', offer, apart, ...size }, standing, item.centerId);
  const delta = isSameSpace(from, to) ? 0n : fen(to) - fen(from);
  return {
    ...{ line: index, holderId: item.subjectId, share: item.share, standing, centerId: item.centerId },
    ...{ zone: offer.zone, whole: offer.form === 'WHOLE', from, to, inQuota: place?.inQuota ?? true },
    // What was agreed may have been less than what is taken off: it never costs less than nothing.
    deltaFen: monthlyFen + delta < 0n ? -monthlyFen : delta,
  };
}

function rowOf(
  one: ItemNow,
  what: NewItemChange['what'],
  to: SpaceSize,
  resized: ResizedPlace | undefined,
): NewItemChange {
  const { item, monthlyFen } = one;
  const from = sizeOf(one);
  const then = one.place ? to : NO_SIZE;
  return {
    ...{ itemId: item.id, subjectId: item.subjectId, what },
    ...{ fromHalfUnits: from.heightHalfUnits, fromPowerW: from.powerW, fromWeightGrams: from.weightGrams },
    ...{ toHalfUnits: then.heightHalfUnits, toPowerW: then.powerW, toWeightGrams: then.weightGrams },
    fromFen: monthlyFen,
    toFen: what === 'LEAVE' ? 0n : monthlyFen + (resized?.deltaFen ?? 0n),
  };
}

function cabinetPart({ id: offerId }: CabinetOffer, to: SpaceSize, apart: boolean) {
  const { heightHalfUnits, powerW, weightGrams } = to;
  return { offerId, heightUnits: heightHalfUnits / 2, powerW, weightKg: weightGrams / GRAMS_PER_KG, apart };
}
