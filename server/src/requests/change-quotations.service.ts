import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import type { Claim } from '../allocation/domain/claim.js';
import { modesOf } from '../allocation/domain/dr-change.js';
import { CatalogService } from '../catalog/catalog.service.js';
import type { Image, Offer } from '../catalog/domain/catalog.js';
import { isOwed } from '../drdebts/domain/debt-state.js';
import { DrDebts } from '../drdebts/drdebts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { reaches, type TenantScope } from '../kernel/viewer.js';
import { changeOpen } from '../resources/domain/release.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import type { GovernmentSystem, Project } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import {
  lineTwice,
  noOffer,
  notFromRequest,
  notOneLine,
  otherAccelerators,
  stillOwed,
  unknown,
} from './change-refusals.js';
import { isWhole } from './changeable-groups.service.js';
import {
  type ChangeContent,
  type ChangeLineContent,
  checkChangeContent,
  hasAcceleratorsOf,
  objections,
  ofOneSystem,
} from './domain/change.js';
import { type Quotation, QuotationService, type QuotedLine } from './quotation.service.js';
import { sumOf } from './quotation-plan.js';
import { quoteChangeLine } from './quoted-changes.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow } from './requests.types.js';
import { type NamedService, ServiceQuotations } from './service-quotations.service.js';
import type { Shelf } from './shelves.service.js';
import { type NamedThings, ThingQuotations } from './thing-quotations.service.js';

type OwedShare = Parameters<typeof modesOf>[0][number];

interface Around {
  readonly system: GovernmentSystem;
  readonly shelf: Shelf;
  readonly departmentIds: readonly string[];
}

/** A line of the wish with the resources that it names, and with those that change with them. */
interface NamedLine {
  readonly content: ChangeLineContent;
  readonly index: number;
  readonly machines: readonly ResourceRow[];
  readonly claims: readonly Claim[];
  readonly changedLine: RequestLineRow;
  /** Shares of the line that are owed. */
  readonly owed: readonly OwedShare[];
}

/** Looks up what a change names, and says what it comes to: as QuotationService does for what is new, to the same type. */
@Injectable()
export class ChangeQuotations {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly quotations: QuotationService,
    private readonly resources: ResourcesService,
    private readonly allocation: AllocationService,
    private readonly catalog: CatalogService,
    private readonly systems: SystemsService,
    private readonly debts: DrDebts,
    private readonly services: ServiceQuotations,
    private readonly things: ThingQuotations,
  ) {}

  /** @param requestId the request itself: what it keeps for itself is not in its way. */
  async quote(
    scope: TenantScope,
    content: ChangeContent,
    requestId: string | null,
  ): Promise<Result<Quotation, readonly Refusal[]>> {
    const refusals = checkChangeContent(content);
    if (refusals.some(({ path }) => path.join() === 'content,lines')) return refuse(refusals);
    const [named, services, things] = [
      await this.named(scope, content),
      await this.services.named(scope, content, requestId),
      await this.things.named(scope, content, requestId),
    ];
    if (!named.ok || !services.ok || !things.ok)
      return refuse([...refusals, ...[named, services, things].flatMap((one) => (one.ok ? [] : one.error))]);
    const machines = named.value.flatMap((line) => line.machines);
    for (const line of named.value) refusals.push(...objections(line.machines, line.index, requestId, changeOpen));
    if (refusals.length > 0 && machines.length + services.value.length + things.value.length === 0)
      return refuse(refusals);
    const owners = [...machines, ...[...services.value, ...things.value].map(({ now }) => now.request)];
    refusals.push(...ofOneSystem(owners));
    const payer = await this.payer(scope, owners[0] as (typeof owners)[number]);
    if (!payer.ok) refusals.push(...payer.error);
    if (refusals.length > 0 || !payer.ok) return refuse(refusals);
    const { system, project } = payer.value;
    const { shelf, ground, departmentIds } = await this.quotations.around(system, {
      standing: things.value.length > 0,
    });
    const lines = await this.lines(named.value, services.value, things.value, { system, shelf, departmentIds });
    if (!lines.ok) return lines;
    return ok({
      ...{ system, project, ground, departmentIds },
      purpose: content.purpose.trim(),
      lines: lines.value,
      missingPrices: lines.value.flatMap(({ missingPrice }) => missingPrice ?? []),
      standing: shelf.standing,
      prices: shelf.prices,
      wares: shelf,
      monthlyFen: sumOf(lines.value.map(({ monthlyFen }) => monthlyFen)),
    });
  }

  private async named(scope: TenantScope, { lines }: ChangeContent): Promise<Result<NamedLine[], readonly Refusal[]>> {
    const ids = lines.flatMap(({ resourceIds }) => resourceIds.filter((id) => id !== undefined));
    const rows = (await this.resources.rows(ids)).flatMap((row) => (row && reaches(scope, row) ? row : []));
    const lineIds = [...new Set(rows.map(({ lineId }) => lineId))];
    const [siblings, claims, changedLines, debts] = await Promise.all([
      this.resources.ofLines(lineIds),
      this.allocation.allocatedOfLines(lineIds),
      this.repository.linesByIds(lineIds),
      this.debts.ofLines(lineIds),
    ]);
    const refusals: Refusal[] = [];
    const found = lines.flatMap((content, index): NamedLine[] => {
      // What is no machine is named in another way, or was refused with what to do instead.
      if (content.service || content.things || content.otherTypes?.length) return [];
      const own = content.resourceIds.map((id) => rows.find((row) => row.id === id));
      if (own.some((row) => row === undefined)) {
        refusals.push(unknown(index));
        return [];
      }
      const named = own as ResourceRow[];
      const [lineId, ...others] = new Set(named.map((row) => row.lineId));
      if (lineId === undefined || others.length > 0) {
        refusals.push(notOneLine(index));
        return [];
      }
      const changedLine = changedLines.find((line) => line.id === lineId);
      if (!changedLine) {
        refusals.push(notFromRequest(index, named[0] as ResourceRow));
        return [];
      }
      const all = siblings.filter((row) => row.lineId === lineId);
      const ofLine = claims.filter((claim) => claim.lineId === lineId);
      const owed = (debts[lineIds.indexOf(lineId)] ?? []).filter(({ state }) => isOwed(state));
      const modesChange = changesModes(content, [...ofLine, ...owed]);
      if (owed.length > 0 && modesChange) {
        refusals.push(stillOwed(index, changedLine.name));
        return [];
      }
      // What is owed is of one size, that of all its mains.
      const machines = owed.length > 0 || isWhole(all, ofLine) || modesChange ? all : named;
      return [{ ...{ content, index, changedLine, machines, owed }, claims: ofLine }];
    });
    const machines = found.flatMap((line) => line.machines.map(({ id }) => id));
    if (new Set(machines).size < machines.length) refusals.push(lineTwice());
    return refusals.length > 0 ? refuse(refusals) : ok(found);
  }

  private async lines(
    named: readonly NamedLine[],
    services: readonly NamedService[],
    things: readonly NamedThings[],
    { system, shelf, departmentIds }: Around,
  ): Promise<Result<QuotedLine[], readonly Refusal[]>> {
    const [offers, images] = await Promise.all([
      this.catalog.offers(named.map(({ machines }) => machines[0]?.offerId ?? '')),
      this.catalog.images(named.map(({ changedLine }) => changedLine.imageId ?? '')),
    ]);
    const refusals: Refusal[] = [];
    const quoted = new Map<number, QuotedLine>();
    for (const service of services) {
      const one = this.services.quote(service, shelf);
      if (one.ok) quoted.set(service.index, one.value);
      else refusals.push(...one.error);
    }
    for (const thing of things) {
      const one = await this.things.quote(thing, system, shelf, departmentIds);
      if (one.ok) quoted.set(thing.index, one.value);
      else refusals.push(...one.error);
    }
    for (const [at, line] of named.entries()) {
      const present = offers[at] ?? null;
      // What stays is no longer asked whether it is still offered; what it becomes is.
      const offer = wishedOffer(line, present, shelf);
      if (!offer || (present && offer.architecture !== present.architecture)) {
        refusals.push(noOffer(line.index));
        continue;
      }
      if (offer.id !== present?.id && line.machines.some((machine) => !hasAcceleratorsOf(machine, offer))) {
        refusals.push(otherAccelerators(line.index));
        continue;
      }
      const kept = offer.id === present?.id ? asTheyAre(offer, line.machines) : offer;
      const one = quoteChangeLine({ ...line, offer: kept, image: images[at] as Image, system, shelf, departmentIds });
      if (one.ok) quoted.set(line.index, one.value);
      else refusals.push(...one.error);
    }
    const inOrder = [...quoted].toSorted(([a], [b]) => a - b).map(([, line]) => line);
    return refusals.length > 0 ? refuse(refusals) : ok(inOrder);
  }

  /** Whoever paid for the resources pays for what they become. */
  private async payer(
    scope: TenantScope,
    { systemId, projectId }: Pick<ResourceRow, 'systemId' | 'projectId'>,
  ): Promise<Result<{ system: GovernmentSystem; project: Project }, readonly Refusal[]>> {
    const system = await this.systems.system(scope, systemId);
    const [projects = []] = system ? await this.systems.payingProjectsToday([system.id]) : [];
    const project = projects.find(({ id }) => id === projectId);
    if (system && project) return ok({ system, project });
    return refuse([
      {
        code: 'UNKNOWN_REFERENCE',
        path: ['content', 'lines'],
        message: say(
          '这些资源的付费项目今天不为该系统付费，请先在系统档案中维护付费关系',
          'The project that pays for them does not pay for the system today; put that right in the system’s record first',
        ),
      },
    ]);
  }
}

function changesModes({ localMode, remoteMode }: ChangeLineContent, shares: readonly OwedShare[]): boolean {
  const from = modesOf(shares);
  return (localMode ?? from.localMode) !== from.localMode || (remoteMode ?? from.remoteMode) !== from.remoteMode;
}

function wishedOffer({ content }: NamedLine, present: Offer | null, shelf: Shelf): Offer | null {
  if (content.offerId === null || content.offerId === present?.id) return present;
  return shelf.offers.get(content.offerId ?? '') ?? null;
}

/** A machine whose offer stays keeps the size that it has, whatever the offer says by now. */
function asTheyAre(offer: Offer, machines: readonly ResourceRow[]): Offer {
  const [first] = machines;
  const even = first && machines.every(({ vcpu, memoryMib }) => vcpu === first.vcpu && memoryMib === first.memoryMib);
  return even ? { ...offer, vcpu: first.vcpu, memoryMib: first.memoryMib } : offer;
}
