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
import type { GovernmentSystem, LocalMode, Project, RemoteMode } from '../systems/domain/system.js';
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
import {
  type ChangeContent,
  type ChangeLineContent,
  checkChangeContent,
  hasAcceleratorsOf,
  objections,
  ofOneSystem,
} from './domain/change.js';
import { type Quotation, QuotationService, type QuotedLine, type Shelf } from './quotation.service.js';
import { sumOf } from './quotation-plan.js';
import { quoteChangeLine } from './quoted-changes.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow } from './requests.types.js';

type OwedShare = Parameters<typeof modesOf>[0][number];

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

/** Resources of one line that are changed together. */
export interface ChangeableGroup {
  readonly name: string;
  readonly rows: readonly ResourceRow[];
  readonly whole: boolean;
  /** Machines that the line has: all of them change where a mode does. */
  readonly siblings: number;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  /** 容灾欠账: its modes stay as they are until that is settled or waived. */
  readonly owesShare: boolean;
  /** Why they cannot be changed now. */
  readonly refusals: readonly Refusal[];
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
  ) {}

  /** @param requestId the request itself: what it keeps for itself is not in its way. */
  async quote(
    scope: TenantScope,
    content: ChangeContent,
    requestId: string | null,
  ): Promise<Result<Quotation, readonly Refusal[]>> {
    const refusals = checkChangeContent(content);
    if (refusals.some(({ path }) => path.join() === 'content,lines')) return refuse(refusals);
    const named = await this.named(scope, content);
    if (!named.ok) return refuse([...refusals, ...named.error]);
    const machines = named.value.flatMap((line) => line.machines);
    for (const line of named.value) refusals.push(...objections(line.machines, line.index, requestId, changeOpen));
    refusals.push(...ofOneSystem(machines));
    const payer = await this.payer(scope, machines[0] as ResourceRow);
    if (!payer.ok) refusals.push(...payer.error);
    if (refusals.length > 0 || !payer.ok) return refuse(refusals);
    const { system, project } = payer.value;
    const { shelf, ground, departmentIds } = await this.quotations.around(system);
    const lines = await this.lines(named.value, system, shelf, departmentIds);
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

  /** Line by line what can be changed together: of a line that has shares all of it. Nothing is asked of what they shall be. */
  async groups(scope: TenantScope, resourceIds: readonly string[]): Promise<ChangeableGroup[]> {
    const found = (await this.resources.rows(resourceIds)).flatMap((row) => (row && reaches(scope, row) ? row : []));
    const lineIds = [...new Set(found.map(({ lineId }) => lineId))];
    const [siblings, claims, lines, debts] = await Promise.all([
      this.resources.ofLines(lineIds),
      this.allocation.allocatedOfLines(lineIds),
      this.repository.linesByIds(lineIds),
      this.debts.ofLines(lineIds),
    ]);
    return lineIds.map((lineId, index): ChangeableGroup => {
      const all = siblings.filter((row) => row.lineId === lineId);
      const own = claims.filter((claim) => claim.lineId === lineId);
      const owed = (debts[index] ?? []).filter(({ state }) => isOwed(state));
      const whole = isWhole(all, own) || owed.length > 0;
      const named = found.filter((row) => row.lineId === lineId);
      const rows = whole ? all : named;
      const line = lines.find(({ id }) => id === lineId);
      const refusals = [
        ...(line ? [] : named.slice(0, 1).map((row) => notFromRequest(index, row))),
        ...objections(rows, index, null, changeOpen),
      ];
      return {
        ...{ rows, whole, refusals, siblings: all.length },
        name: line?.name ?? named[0]?.name ?? '',
        owesShare: owed.length > 0,
        ...modesOf([...own, ...owed]),
      };
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
    system: GovernmentSystem,
    shelf: Shelf,
    departmentIds: readonly string[],
  ): Promise<Result<QuotedLine[], readonly Refusal[]>> {
    const [offers, images] = await Promise.all([
      this.catalog.offers(named.map(({ machines }) => machines[0]?.offerId ?? '')),
      this.catalog.images(named.map(({ changedLine }) => changedLine.imageId ?? '')),
    ]);
    const refusals: Refusal[] = [];
    const quoted = named.flatMap((line, at): QuotedLine[] => {
      const present = offers[at] ?? null;
      // What stays is no longer asked whether it is still offered; what it becomes is.
      const offer = wishedOffer(line, present, shelf);
      if (!offer || (present && offer.architecture !== present.architecture)) {
        refusals.push(noOffer(line.index));
        return [];
      }
      if (offer.id !== present?.id && line.machines.some((machine) => !hasAcceleratorsOf(machine, offer))) {
        refusals.push(otherAccelerators(line.index));
        return [];
      }
      const one = quoteChangeLine({ ...line, offer, image: images[at] as Image, system, shelf, departmentIds });
      if (!one.ok) refusals.push(...one.error);
      return one.ok ? [one.value] : [];
    });
    return refusals.length > 0 ? refuse(refusals) : ok(quoted);
  }

  /** Whoever paid for the resources pays for what they become. */
  private async payer(
    scope: TenantScope,
    { systemId, projectId }: ResourceRow,
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

/** A line with several shares: its standby compute is a part of all of it, and its data is as big as its machines, so that it changes as one. */
function isWhole(machines: readonly ResourceRow[], claims: readonly Claim[]): boolean {
  return (
    new Set(machines.map(({ centerId }) => centerId)).size > 1 || claims.some(({ standing }) => standing !== 'RUNNING')
  );
}

function changesModes({ localMode, remoteMode }: ChangeLineContent, shares: readonly OwedShare[]): boolean {
  const from = modesOf(shares);
  return (localMode ?? from.localMode) !== from.localMode || (remoteMode ?? from.remoteMode) !== from.remoteMode;
}

function wishedOffer({ content }: NamedLine, present: Offer | null, shelf: Shelf): Offer | null {
  if (content.offerId === null || content.offerId === present?.id) return present;
  return shelf.offers.get(content.offerId ?? '') ?? null;
}
