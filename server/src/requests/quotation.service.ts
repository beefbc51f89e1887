import { Inject, Injectable } from '@nestjs/common';
import type { LineDemand, Placement } from '../allocation/domain/placement-facts.js';
import { type OwnHolds, PlacingService, type StandingFacts } from '../allocation/placing.service.js';
import { CatalogService } from '../catalog/catalog.service.js';
import type { Image, Offer } from '../catalog/domain/catalog.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { CalendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope } from '../kernel/viewer.js';
import { Memo } from '../platform/memo.js';
import { quoteMachine, type UnitPrice } from '../pricing/domain/quote.js';
import { PricingService } from '../pricing/pricing.service.js';
import { type PlacementGround, PlacementGroundService } from '../resources/placement-ground.service.js';
import type { GovernmentSystem, Project } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { checkContent, LINES_MAX, type LineContent, type RequestContent } from './domain/content.js';

export interface QuotedLine {
  readonly content: LineContent;
  readonly offer: Offer;
  readonly image: Image;
  readonly demand: LineDemand;
  /** One machine a month; null while a price is missing. */
  readonly machineFen: bigint | null;
}

/** A request's content with everything that its ids name, and what it costs. */
export interface Quotation {
  readonly system: GovernmentSystem;
  readonly project: Project;
  readonly purpose: string;
  readonly lines: readonly QuotedLine[];
  /** What stands in the way of a submit but not of a draft. */
  readonly missingPrices: readonly Refusal[];
  readonly monthlyFen: bigint | null;
  /** What it was quoted against, for the plan that follows. */
  readonly standing: StandingFacts;
  readonly ground: PlacementGround;
}

/** What is the same for every request: centers and pools, what is offered, and its prices. */
interface Shelf {
  readonly standing: StandingFacts;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly images: ReadonlyMap<string, Image>;
  /** Those of `pricedOn`. */
  readonly prices: readonly UnitPrice[];
  readonly pricedOn: CalendarDate;
}

/** Of a system that is not there: its request is refused for that. */
const HIGHEST_LEVEL = 3;
/** A withdrawn offer may be asked for this long after; what is free is never remembered. */
const SHELF_LIFE_MS = 1_000;

/** Looks up what a request names and prices it. Draft, preview and submit all come through here, so that they agree. */
@Injectable()
export class QuotationService {
  constructor(
    private readonly systems: SystemsService,
    private readonly catalog: CatalogService,
    private readonly pricing: PricingService,
    private readonly placing: PlacingService,
    private readonly grounds: PlacementGroundService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly shelf = new Memo(
    () => this.readShelf(),
    SHELF_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  /** @returns every field that is wrong at once: malformed, unknown, or not the viewer's department's (the same answer). */
  async quote(scope: TenantScope, content: RequestContent): Promise<Result<Quotation, readonly Refusal[]>> {
    const malformed = checkContent(content);
    const refusals: Refusal[] = [...malformed];
    const unknown = (path: InputPath, message: Bilingual): void => {
      refusals.push({ code: 'UNKNOWN_REFERENCE', path, message });
    };
    const system = content.systemId === undefined ? null : await this.systems.system(scope, content.systemId);
    if (!system)
      unknown(
        ['content', 'systemId'],
        say('找不到这个系统，或不属于您的单位', 'There is no such system, or it is not your department’s'),
      );
    const [projects = []] = system ? await this.systems.payingProjectsToday([system.id]) : [];
    const project = projects.find((p) => p.id === content.projectId);
    if (!project)
      unknown(
        ['content', 'projectId'],
        say('这个项目今天不为该系统付费', 'This project does not pay for the system today'),
      );
    const asked = content.lines.slice(0, LINES_MAX);
    const shelf = await this.shelfFor(asked);
    const lines = quoteLines(asked, shelf, system?.protectionLevel ?? HIGHEST_LEVEL, unknown);
    if (refusals.length > 0 || !system || !project) return refuse(refusals);
    const missingPrices = lines.flatMap((l) => l.priceRefusal ?? []);
    const ground = await this.grounds.of(shelf.standing.centers, system.id);
    return ok({
      system,
      project,
      purpose: content.purpose.trim(),
      lines,
      missingPrices,
      standing: shelf.standing,
      ground,
      monthlyFen:
        missingPrices.length > 0
          ? null
          : lines.reduce((sum, l) => sum + (l.machineFen ?? 0n) * BigInt(l.content.count), 0n),
    });
  }

  /** Where the lines would go now. `own` names what the request holds already. */
  async plan(quotation: Quotation, own: OwnHolds = {}): Promise<Placement> {
    return this.placing.plan(
      quotation.lines.map((l) => l.demand),
      { ...quotation.standing, ...quotation.ground },
      own,
    );
  }

  /** What is not on the shelf is looked for once more before it is refused: it may just have been put there. */
  private async shelfFor(lines: readonly LineContent[]): Promise<Shelf> {
    const shelf = await this.shelf.get();
    // What is asked for today is priced at today's prices, also in the first second of the day.
    const ofToday = shelf.pricedOn === this.pricing.today();
    const has = (line: LineContent): boolean =>
      shelf.offers.has(line.offerId ?? '') &&
      shelf.images.has(line.imageId ?? '') &&
      shelf.standing.centers.some((c) => c.centerId === line.centerId);
    if (ofToday && lines.every(has)) return shelf;
    this.shelf.forget();
    return this.shelf.get();
  }

  private async readShelf(): Promise<Shelf> {
    const pricedOn = this.pricing.today();
    const [standing, { offers, images }, prices] = await Promise.all([
      this.placing.standingFacts(),
      this.catalog.catalog(),
      this.pricing.unitPrices(pricedOn),
    ]);
    return { standing, offers: byId(offers), images: byId(images), prices, pricedOn };
  }
}

function quoteLines(
  lines: readonly LineContent[],
  { standing, offers, images, prices }: Shelf,
  protectionLevel: number,
  unknown: (path: InputPath, message: Bilingual) => void,
): (QuotedLine & { readonly priceRefusal: Refusal | null })[] {
  const quoted: (QuotedLine & { readonly priceRefusal: Refusal | null })[] = [];
  for (const [index, content] of lines.entries()) {
    const path = (field: string): InputPath => ['content', 'lines', String(index), field];
    const offer = offers.get(content.offerId ?? '');
    const image = images.get(content.imageId ?? '');
    const center = standing.centers.find((c) => c.centerId === content.centerId);
    if (!offer) unknown(path('offerId'), say('没有这个规格，或已下架', 'There is no such offer, or it was withdrawn'));
    if (!image) unknown(path('imageId'), say('没有这个镜像，或已下架', 'There is no such image, or it was withdrawn'));
    if (!center) unknown(path('centerId'), say('没有这个数据中心', 'There is no such center'));
    if (!offer || !image || !center) continue;
    const size = {
      vcpu: offer.vcpu,
      memoryMib: offer.memoryMib,
      diskGib: content.diskGib,
      storageTier: content.storageTier,
    };
    const disk = { tier: content.storageTier, gib: content.diskGib };
    const price = quoteMachine(prices, { ...offer, centerId: center.centerId, disk }, path('offerId'));
    quoted.push({
      content,
      offer,
      image,
      machineFen: price.ok ? price.value.monthly : null,
      priceRefusal: price.ok ? null : price.error,
      demand: {
        ...size,
        index,
        count: content.count,
        centerId: center.centerId,
        architecture: offer.architecture,
        zone: content.zone,
        imageArchitecture: image.architecture,
        imageMinimumDiskGib: image.minimumDiskGib,
        protectionLevel,
        domesticCpu: offer.domesticCpu,
        unpricedCenterIds: price.ok ? [] : [center.centerId],
      },
    });
  }
  return quoted;
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** The typed refusals of a plan that does not fit, each at its line. */
export function shortages(placement: Placement): Refusal[] {
  return (
    placement.lines
      // A price that is missing is told as such, with its meter.
      .filter((line) => !line.feasible && line.checks.at(-1)?.criterion !== 'P18')
      .map((line) => {
        const failed = line.checks.find((c) => !c.passed);
        const path = ['content', 'lines', String(line.index)];
        const figures = (locale: 'zh' | 'en') =>
          failed?.figures ? `${failed.text[locale]}：${failed.figures[locale]}` : (failed?.text[locale] ?? '');
        const message = say(
          `放不下（${failed?.criterion}）${figures('zh')}`,
          `No room (${failed?.criterion}): ${figures('en')}`,
        );
        return line.shortage
          ? { ...line.shortage, code: 'CAPACITY_SHORTAGE' as const, path, message }
          : { code: 'INVALID_INPUT' as const, path, rule: failed?.criterion ?? 'placement', message };
      })
  );
}
