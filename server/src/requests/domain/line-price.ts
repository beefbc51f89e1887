/** Decides what a share of a line costs a month: by what stands there, in the center where it stands; what is owed costs nothing. */
import type { MachineSize } from '../../allocation/domain/capacity.js';
import { type ShareWish, sizesOf } from '../../allocation/domain/dr-shares.js';
import type { Image, Offer } from '../../catalog/domain/catalog.js';
import type { CabinetOffer, ServerOffer, ServiceOffer } from '../../catalog/domain/entries.js';
import type { ServiceDefinition } from '../../catalog/domain/service-definition.js';
import type { InputPath, PriceMissing } from '../../kernel/refusal.js';
import { ok, type Result } from '../../kernel/result.js';
import { quoteMachine, quoteMore, quoteUnits, type UnitPrice } from '../../pricing/domain/quote.js';
import type { ServiceAnswer, VmPart } from './content.js';

/** What a line asks for, looked up. */
export type QuotedThing =
  | { readonly kind: 'VM'; readonly offer: Offer; readonly image: Image; readonly vm: VmPart }
  | { readonly kind: 'SERVER'; readonly offer: ServerOffer; readonly image: Image | null }
  | {
      readonly kind: 'CABINET';
      readonly offer: CabinetOffer;
      readonly apart: boolean;
      readonly heightHalfUnits: number;
      readonly powerW: number;
      readonly weightGrams: number;
    }
  | {
      readonly kind: 'SERVICE';
      readonly offer: ServiceOffer;
      readonly definition: ServiceDefinition;
      readonly answers: readonly ServiceAnswer[];
    };

type Price = Result<bigint, PriceMissing>;

/** What each machine of an offer takes of accelerators; nothing is said of none. */
export function acceleratorsOf({
  accelerator,
  acceleratorCount,
}: Pick<Offer, 'accelerator' | 'acceleratorCount'>): Pick<MachineSize, 'accelerators'> {
  return accelerator === null ? {} : { accelerators: { [accelerator]: acceleratorCount } };
}

/** So many things of a share that cost the same a month each. */
export interface PricedPart {
  readonly eachFen: bigint;
  readonly count: number;
  /** Of machines: what each takes, by which its part is found again. */
  readonly vcpu: number;
  readonly memoryMib: number;
}

type Parts = Result<readonly PricedPart[], PriceMissing>;

const HALVES = 2n;
const W_PER_KW = 1_000n;

/** @param centerId where it stands; null = no center of ours: the province's price. */
export function sharePrice(
  prices: readonly UnitPrice[],
  thing: QuotedThing,
  share: Pick<ShareWish, 'standing' | 'count' | 'owed'>,
  centerId: string | null,
  path: InputPath,
  /** Of a service: how many it has already, above which these come. */
  already = 0,
): Parts {
  if (share.owed) return ok([]);
  const times = (each: Price): Parts =>
    each.ok ? ok([{ eachFen: each.value, count: share.count, vcpu: 0, memoryMib: 0 }]) : each;
  switch (thing.kind) {
    case 'VM':
      return machinesPrice(prices, thing, share, centerId, [...path, 'vm', 'offerId']);
    case 'SERVER': {
      const meter = `SERVER:${thing.offer.code}`;
      return times(quoteUnits(prices, { meter, quantity: 1n, centerId }, [...path, 'server', 'offerId']));
    }
    case 'CABINET':
      return times(placePrice(prices, thing, centerId, [...path, 'cabinet', 'offerId']));
    case 'SERVICE': {
      const meter = thing.definition.priceMeter;
      if (meter === null) return ok([]);
      const wish = { meter, already, more: share.count, centerId };
      const more = quoteMore(prices, wish, [...path, 'service', 'offerId']);
      return more.ok ? ok(more.value.map((part) => ({ ...part, vcpu: 0, memoryMib: 0 }))) : more;
    }
  }
}

export function fenOf(parts: readonly Pick<PricedPart, 'eachFen' | 'count'>[]): bigint {
  return parts.reduce((sum, { eachFen, count }) => sum + eachFen * BigInt(count), 0n);
}

function machinesPrice(
  prices: readonly UnitPrice[],
  { offer, vm }: Extract<QuotedThing, { kind: 'VM' }>,
  share: Pick<ShareWish, 'standing' | 'count'>,
  centerId: string | null,
  path: InputPath,
): Parts {
  const { vcpu, memoryMib, architecture } = offer;
  const full = { vcpu, memoryMib, diskGib: vm.diskGib, storageTier: vm.storageTier, ...acceleratorsOf(offer) };
  const disk = { tier: vm.storageTier, gib: vm.diskGib };
  const parts: PricedPart[] = [];
  for (const { count, size } of sizesOf(share, full, offer.standbyRatioPercent)) {
    const each = quoteMachine(prices, { ...size, architecture, centerId, disk }, path);
    if (!each.ok) return each;
    parts.push({ eachFen: each.value.monthly, count, vcpu: size.vcpu, memoryMib: size.memoryMib });
  }
  return ok(parts);
}

/** Half units cost their half; power that the price does not include is paid by the kW. */
function placePrice(
  prices: readonly UnitPrice[],
  { offer, heightHalfUnits, powerW }: Extract<QuotedThing, { kind: 'CABINET' }>,
  centerId: string | null,
  path: InputPath,
): Price {
  const whole = offer.form === 'WHOLE';
  const space = whole
    ? quoteUnits(prices, { meter: 'CABINET_WHOLE', quantity: 1n, centerId }, path)
    : quoteUnits(prices, { meter: 'CABINET_U', quantity: BigInt(heightHalfUnits), per: HALVES, centerId }, path);
  if (!space.ok) return space;
  const included = whole ? offer.includedW : Math.floor((offer.includedW * heightHalfUnits) / Number(HALVES));
  const beyond = powerW - included;
  if (beyond <= 0) return space;
  const power = quoteUnits(prices, { meter: 'POWER_KW', quantity: BigInt(beyond), per: W_PER_KW, centerId }, path);
  return power.ok ? ok(space.value + power.value) : power;
}
