import { expandLine, type ShareWish } from '../allocation/domain/dr-shares.js';
import type { StandingFacts } from '../allocation/placing.service.js';
import { toHalfUnits } from '../cabinets/domain/units.js';
import { type Image, type Offer, STANDBY_RATIO_DEFAULT } from '../catalog/domain/catalog.js';
import type { CabinetOffer, ServerOffer, ServiceOffer } from '../catalog/domain/entries.js';
import { notForServers } from '../catalog/domain/server-image.js';
import { type ServiceDefinition, validateServiceFields } from '../catalog/domain/service-definition.js';
import { type DebtPolicy, mayOwe, modeOf } from '../drdebts/domain/debt-policy.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { InputPath, PriceMissing, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { UnitPrice } from '../pricing/domain/quote.js';
import type { GovernmentSystem, LocalMode, RemoteMode } from '../systems/domain/system.js';
import type { LineContent } from './domain/content.js';
import { fenOf, type PricedPart, type QuotedThing, sharePrice } from './domain/line-price.js';
import type { QuotedLine } from './quotation.service.js';
import { GRAMS_PER_KG } from './request-rows.js';

/** What is offered now, by id; definitions by the service whose present one they are. */
export interface Wares {
  /** By which rules a share may be owed (容灾欠账). */
  readonly debtPolicy: DebtPolicy;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly images: ReadonlyMap<string, Image>;
  readonly servers: ReadonlyMap<string, ServerOffer>;
  readonly cabinets: ReadonlyMap<string, CabinetOffer>;
  readonly services: ReadonlyMap<string, ServiceOffer>;
  readonly definitions: ReadonlyMap<string, ServiceDefinition>;
  readonly standing: StandingFacts;
  readonly prices: readonly UnitPrice[];
}

const NO_OFFER = say('没有这个规格，或已下架', 'There is no such offer, or it was withdrawn');
const NO_IMAGE = say('没有这个镜像，或已下架', 'There is no such image, or it was withdrawn');

/**
 * One line with what its ids name, its shares and their price; or everything that is wrong with it. One that is malformed
 * (`sound` false) has neither shares nor price, though what it names is looked up: less than nothing costs no money.
 */
export function quoteLine(
  content: LineContent,
  index: number,
  wares: Wares,
  system: GovernmentSystem | null,
  /** The system's department and all above it, as far as the rules of debts name any. */
  departmentIds: readonly string[],
  sound = true,
): Result<QuotedLine, readonly Refusal[]> {
  const refusals: Refusal[] = [];
  const path: InputPath = ['content', 'lines', String(index)];
  const thing = thingOf(content, wares, (at, message) => {
    refusals.push({ code: 'UNKNOWN_REFERENCE', path: [...path, ...at], message });
  });
  const { standing } = wares;
  const { centerId = '' } = content;
  if (centerId !== null && !standing.centers.some((center) => center.centerId === centerId))
    refusals.push({
      code: 'UNKNOWN_REFERENCE',
      path: [...path, 'centerId'],
      message: say('没有这个数据中心', 'There is no such center'),
    });
  if (thing) refusals.push(...wrongOf(thing, content.count, path));
  const { localMode, remoteMode } = modesOf(content, system);
  if (localMode === 'DUAL_ACTIVE' && content.centerId !== null)
    refusals.push({
      code: 'INVALID_INPUT',
      path: [...path, 'centerId'],
      rule: 'centerOfDualActive',
      message: say(
        '同城双活同时部署在两个同城中心，不能指定中心',
        'Dual-active goes to both same-city centers; name none',
      ),
    });
  if (!sound || refusals.length > 0 || !thing || centerId === undefined) return refuse(refusals);
  const standbyRatioPercent = thing.kind === 'VM' ? thing.offer.standbyRatioPercent : STANDBY_RATIO_DEFAULT;
  const expanded = expandLine(
    { kind: content.kind, count: content.count, centerId, localMode, remoteMode, standbyRatioPercent },
    standing.centers,
    (share) => system !== null && mayOwe(wares.debtPolicy, { ...system, departmentIds }, modeOf(share)),
  );
  const shares = expanded.ok ? expanded.value : [];
  const price = linePrice(wares.prices, thing, shares, { content, centerId, path });
  return ok({
    content,
    thing,
    centerId,
    localMode,
    remoteMode,
    shares: expanded.ok ? shares : expanded.error,
    // What has no place has no price either.
    monthlyFen: expanded.ok && price.missing === null ? fenOf(price.parts) : null,
    parts: price.parts,
    unpricedCenterIds: price.unpriced,
    missingPrice: price.missing,
  });
}

/** Services stand in no center: modes say nothing of them. */
function modesOf(
  content: LineContent,
  system: GovernmentSystem | null,
): { readonly localMode: LocalMode; readonly remoteMode: RemoteMode } {
  if (content.kind === 'SERVICE') return { localMode: 'SINGLE', remoteMode: 'NONE' };
  return {
    localMode: content.localMode ?? system?.localMode ?? 'SINGLE',
    remoteMode: content.remoteMode ?? system?.remoteMode ?? 'NONE',
  };
}

function thingOf(
  { vm, server, cabinet, service }: LineContent,
  wares: Wares,
  unknown: (at: readonly string[], message: Bilingual) => void,
): QuotedThing | null {
  if (vm) {
    const [offer, image] = [wares.offers.get(vm.offerId ?? ''), wares.images.get(vm.imageId ?? '')];
    if (!offer) unknown(['vm', 'offerId'], NO_OFFER);
    if (!image) unknown(['vm', 'imageId'], NO_IMAGE);
    return offer && image ? { kind: 'VM', offer, image, vm } : null;
  }
  if (server) {
    const offer = wares.servers.get(server.offerId ?? '');
    const { imageId = null } = server;
    const image = imageId === null ? null : wares.images.get(imageId);
    if (!offer) unknown(['server', 'offerId'], NO_OFFER);
    if (image === undefined) unknown(['server', 'imageId'], NO_IMAGE);
    return offer && image !== undefined ? { kind: 'SERVER', offer, image } : null;
  }
  if (cabinet) {
    const offer = wares.cabinets.get(cabinet.offerId ?? '');
    const { heightUnits, powerW, weightKg, apart = false } = cabinet;
    if (!offer) unknown(['cabinet', 'offerId'], NO_OFFER);
    const heightHalfUnits = toHalfUnits(heightUnits) ?? 0;
    return offer
      ? { kind: 'CABINET', offer, heightHalfUnits, powerW, weightGrams: weightKg * GRAMS_PER_KG, apart }
      : null;
  }
  if (service) {
    const offer = wares.services.get(service.offerId ?? '');
    const definition = offer && wares.definitions.get(offer.id);
    if (!offer || !definition) unknown(['service', 'offerId'], NO_OFFER);
    return offer && definition ? { kind: 'SERVICE', offer, definition, answers: service.answers } : null;
  }
  return null;
}

/** What the offer itself does not allow. */
function wrongOf(thing: QuotedThing, count: number, path: InputPath): Refusal[] {
  if (thing.kind === 'SERVER') return wrongImage(thing, path);
  if (thing.kind === 'CABINET' && thing.offer.form === 'WHOLE') {
    const { heightUnits } = thing.offer;
    if (toHalfUnits(heightUnits) === thing.heightHalfUnits) return [];
    return [
      {
        code: 'INVALID_INPUT',
        path: [...path, 'cabinet', 'heightUnits'],
        rule: 'wholeCabinet',
        message: say(`整柜高度为 ${heightUnits} U`, `A whole cabinet of this offer has ${heightUnits} U`),
      },
    ];
  }
  if (thing.kind !== 'SERVICE') return [];
  const { definition, answers } = thing;
  const checked = validateServiceFields(definition, Object.fromEntries(answers.map(({ key, value }) => [key, value])));
  const wrong: Refusal[] = checked.ok
    ? []
    : checked.error.map((refusal) => ({
        ...refusal,
        path: [...path, 'service', 'answers', ...refusal.path.slice(1)],
      }));
  const { quantityMaximum } = definition;
  if (count > quantityMaximum)
    wrong.push({
      code: 'INVALID_INPUT',
      path: [...path, 'count'],
      rule: 'range',
      message: say(`该服务一次最多 ${quantityMaximum}`, `At most ${quantityMaximum} of this service at once`),
    });
  return wrong;
}

function wrongImage({ image, offer }: Extract<QuotedThing, { kind: 'SERVER' }>, path: InputPath): Refusal[] {
  const because = image && notForServers(image, offer.architecture);
  return because === null
    ? []
    : [{ code: 'INVALID_INPUT', path: [...path, 'server', 'imageId'], rule: 'imageOfServer', message: because }];
}

interface LinePrice {
  readonly parts: readonly PricedPart[];
  readonly unpriced: readonly string[];
  /** null = every share has a center with a price. */
  readonly missing: PriceMissing | null;
}

/** All shares, each in the first of its centers that has a price. */
function linePrice(
  prices: readonly UnitPrice[],
  thing: QuotedThing,
  shares: readonly ShareWish[],
  line: { readonly content: LineContent; readonly centerId: string | null; readonly path: InputPath },
): LinePrice {
  const { content, centerId, path } = line;
  const of = (share: Pick<ShareWish, 'standing' | 'owed' | 'count'>, at: string | null) =>
    sharePrice(prices, thing, share, at, path);
  if (thing.kind === 'SERVICE') {
    const price = of({ standing: 'RUNNING', owed: false, count: content.count }, centerId);
    return { parts: price.ok ? price.value : [], unpriced: [], missing: price.ok ? null : price.error };
  }
  const parts: PricedPart[] = [];
  const unpriced = new Set<string>();
  let missing: PriceMissing | null = null;
  for (const share of shares) {
    const tried = (share.centerIds.length > 0 ? share.centerIds : [null]).map((at) => ({ at, price: of(share, at) }));
    for (const { at, price } of tried) if (!price.ok && at !== null) unpriced.add(at);
    const found = tried.find(({ price }) => price.ok)?.price;
    if (found?.ok) parts.push(...found.value);
    else if (tried[0] && !tried[0].price.ok) missing ??= tried[0].price.error;
  }
  return { parts, unpriced: [...unpriced], missing };
}
