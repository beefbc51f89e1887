import { Injectable } from '@nestjs/common';
import { AllocationService, type StandingFacts } from '../allocation/allocation.service.js';
import type { LineDemand, Placement } from '../allocation/domain/placement-facts.js';
import { CatalogService } from '../catalog/catalog.service.js';
import type { Image, Offer } from '../catalog/domain/catalog.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope } from '../kernel/viewer.js';
import { quoteMachine } from '../pricing/domain/quote.js';
import { PricingService } from '../pricing/pricing.service.js';
import type { GovernmentSystem } from '../systems/domain/system.js';
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
  readonly projectId: string;
  readonly purpose: string;
  readonly lines: readonly QuotedLine[];
  /** What stands in the way of a submit but not of a draft. */
  readonly missingPrices: readonly Refusal[];
  readonly monthlyFen: bigint | null;
}

/** Looks up what a request names and prices it. Draft, preview and submit all come through here, so that they agree. */
@Injectable()
export class QuotationService {
  constructor(
    private readonly systems: SystemsService,
    private readonly catalog: CatalogService,
    private readonly pricing: PricingService,
    private readonly allocation: AllocationService,
  ) {}

  /** @returns every field that is wrong at once: malformed, unknown, or not the viewer's department's (the same answer). */
  async quote(
    scope: TenantScope,
    content: RequestContent,
    standing: StandingFacts,
  ): Promise<Result<Quotation, readonly Refusal[]>> {
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
    if (!projects.some((p) => p.id === content.projectId))
      unknown(
        ['content', 'projectId'],
        say('这个项目今天不为该系统付费', 'This project does not pay for the system today'),
      );
    const lines = await this.quoteLines(content.lines.slice(0, LINES_MAX), standing, unknown);
    if (refusals.length > 0 || !system || content.projectId === undefined) return refuse(refusals);
    const missingPrices = lines.flatMap((l) => l.priceRefusal ?? []);
    return ok({
      system,
      projectId: content.projectId,
      purpose: content.purpose.trim(),
      lines,
      missingPrices,
      monthlyFen:
        missingPrices.length > 0
          ? null
          : lines.reduce((sum, l) => sum + (l.machineFen ?? 0n) * BigInt(l.content.count), 0n),
    });
  }

  /** What a quotation and a plan both stand on; read once for the two. */
  async standingFacts(): Promise<StandingFacts> {
    return this.allocation.standingFacts();
  }

  /** Where the lines would go now. `own` names what the request holds already. */
  async plan(
    lines: readonly QuotedLine[],
    standing: StandingFacts,
    own: Parameters<AllocationService['plan']>[2] = {},
  ): Promise<Placement> {
    return this.allocation.plan(
      lines.map((l) => l.demand),
      standing,
      own,
    );
  }

  private async quoteLines(
    lines: readonly LineContent[],
    standing: StandingFacts,
    unknown: (path: InputPath, message: Bilingual) => void,
  ): Promise<(QuotedLine & { readonly priceRefusal: Refusal | null })[]> {
    const ids = (pick: (line: LineContent) => string | undefined): string[] => [
      ...new Set(lines.flatMap((l) => pick(l) ?? [])),
    ];
    const offers = byId(await this.catalog.offers(ids((l) => l.offerId)));
    const images = byId(await this.catalog.images(ids((l) => l.imageId)));
    const centers = new Set(standing.centers.map((c) => c.centerId));
    const prices = await this.pricing.unitPrices();
    const quoted: (QuotedLine & { readonly priceRefusal: Refusal | null })[] = [];
    for (const [index, content] of lines.entries()) {
      const path = (field: string): InputPath => ['content', 'lines', String(index), field];
      const offer = content.offerId === undefined ? undefined : offers.get(content.offerId);
      const image = content.imageId === undefined ? undefined : images.get(content.imageId);
      if (offer?.status !== 'OFFERED')
        unknown(path('offerId'), say('没有这个规格，或已下架', 'There is no such offer, or it was withdrawn'));
      if (image?.status !== 'OFFERED')
        unknown(path('imageId'), say('没有这个镜像，或已下架', 'There is no such image, or it was withdrawn'));
      if (content.centerId === undefined || !centers.has(content.centerId))
        unknown(path('centerId'), say('没有这个数据中心', 'There is no such center'));
      if (!offer || !image || content.centerId === undefined) continue;
      const size = {
        vcpu: offer.vcpu,
        memoryMib: offer.memoryMib,
        diskGib: content.diskGib,
        storageTier: content.storageTier,
      };
      const disk = { tier: content.storageTier, gib: content.diskGib };
      const price = quoteMachine(prices, { ...offer, disk }, path('offerId'));
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
          centerId: content.centerId,
          architecture: offer.architecture,
          zone: content.zone,
          imageArchitecture: image.architecture,
          imageMinimumDiskGib: image.minimumDiskGib,
        },
      });
    }
    return quoted;
  }
}

function byId<T extends { readonly id: string }>(rows: readonly (T | null)[]): Map<string, T> {
  return new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])));
}

/** The typed refusals of a plan that does not fit, each at its line. */
export function shortages(placement: Placement): Refusal[] {
  return placement.lines
    .filter((line) => !line.feasible)
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
    });
}
