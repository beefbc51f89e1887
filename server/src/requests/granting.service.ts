import { Inject, Injectable, Optional } from '@nestjs/common';
import { AddressClaims } from '../allocation/address-claims.service.js';
import { AllocationService } from '../allocation/allocation.service.js';
import type { Claim } from '../allocation/domain/claim.js';
import type { PlacedShare } from '../allocation/domain/dr-shares.js';
import { ItemClaims } from '../allocation/item-claims.service.js';
import type { ItemClaim } from '../allocation/item-record.service.js';
import { CatalogService } from '../catalog/catalog.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { DrDebts } from '../drdebts/drdebts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { NewResource } from '../resources/resources.types.js';
import { SystemsService } from '../systems/systems.service.js';
import { type FulfilmentCodes, type GrantedLine, LINE_FULFILMENT, type LineFulfilment } from './fulfilment.types.js';
import { byPeople, grantedLines, machinesOf, type Surroundings, toMachines } from './granted-things.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

/** Read and taken before the unit of work: none of it changes with the version that is approved. */
export interface PreparedGrant {
  readonly codes: readonly string[];
  /** Of what people fulfil. */
  readonly workCodes: FulfilmentCodes;
  readonly around: Surroundings;
}

const NO_CODES: FulfilmentCodes = new Map();

/**
 * The end of a chain: what is held becomes allocated; a record is made of every machine for the worker to provision, and
 * what people fulfil is handed to them.
 */
@Injectable()
export class GrantingService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly allocation: AllocationService,
    private readonly items: ItemClaims,
    private readonly addresses: AddressClaims,
    private readonly resources: ResourcesService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly catalog: CatalogService,
    private readonly facilities: FacilitiesService,
    private readonly codes: CodeSequence,
    private readonly debts: DrDebts,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(LINE_FULFILMENT) private readonly fulfilment: LineFulfilment | null = null,
  ) {}

  async prepare(request: RequestRow): Promise<PreparedGrant> {
    const lines = await this.repository.lines(request.id);
    const machines = lines.reduce((sum, line) => sum + machinesOf(line), 0);
    const codes = await this.codes.take('VM', accountingYear(this.clock.now()), machines);
    const around = await this.surroundings(request, lines);
    return { codes, workCodes: await this.workCodes(byPeople(lines, around)), around };
  }

  /** @returns the codes of the machines that were made. Refused where a held server cannot come into use. */
  async grant(
    tx: Tx,
    request: RequestRow,
    { codes, workCodes, around }: PreparedGrant,
    by: string,
  ): Promise<Result<string[], readonly Refusal[]>> {
    const claims = await this.allocation.allocate(tx, request.id);
    const { departmentId, systemId } = request;
    const items = await this.items.allocate(tx, request.id, { departmentId, systemId }, by);
    if (!items.ok) return items;
    const lines = await this.repository.lines(request.id, tx);
    const machines = toMachines(request, lines, claims, codes, around);
    const made = machines.length > 0 ? await this.resources.create(tx, machines, by) : [];
    await this.addresses.grant(tx, made, serversOf(items.value));
    await this.handOn(tx, grantedLines(request, lines, claims, items.value, around), workCodes);
    await this.debts.confirm(tx, request.id);
    return ok(machines.map((machine) => machine.code));
  }

  /** Machines of one line for claims that belong to it, as a grant makes them; `at` is the line's place among those prepared. */
  machinesOf(
    request: RequestRow,
    line: RequestLineRow,
    at: number,
    claims: readonly Claim[],
    { codes, around }: PreparedGrant,
  ): NewResource[] {
    const only = { ...around, offers: [around.offers[at] ?? null], images: [around.images[at] ?? null] };
    return toMachines(request, [line], claims, codes, only);
  }

  /** The same for one share that was owed, before the unit of work; what people fulfil of it comes back under `subjectId`. */
  async prepareShare(
    request: RequestRow,
    line: RequestLineRow,
    { count, subjectId }: { readonly count: number; readonly subjectId: string },
  ): Promise<PreparedGrant> {
    const codes = line.kind === 'VM' ? await this.codes.take('VM', accountingYear(this.clock.now()), count) : [];
    const [around, pools] = await Promise.all([this.surroundings(request, [line]), this.facilities.allPools()]);
    // Where it goes is found out within the unit of work.
    const recorded = new Map(pools.flatMap((pool) => (pool.kind === 'RECORDED' ? [[pool.id, pool] as const] : [])));
    const people = line.kind !== 'VM' || recorded.size > 0;
    const workCodes = await this.workCodes(people ? [{ ...line, id: subjectId }] : []);
    return { codes, workCodes, around: { ...around, recorded } };
  }

  /**
   * A share that was owed and is held now: allocated, made and handed on as those of a new request are. What people
   * fulfil of it comes back under `subjectId`. @returns whether anything is still to be done for it.
   */
  async grantShare(
    tx: Tx,
    request: RequestRow,
    {
      line,
      share,
      subjectId,
    }: { readonly line: RequestLineRow; readonly share: PlacedShare; readonly subjectId: string },
    { codes, workCodes, around }: PreparedGrant,
    by: string,
  ): Promise<Result<boolean, readonly Refusal[]>> {
    const claims = await this.allocation.allocate(tx, request.id);
    const { departmentId, systemId } = request;
    const items = await this.items.allocate(tx, request.id, { departmentId, systemId }, by);
    if (!items.ok) return items;
    const lines = [{ ...line, shares: [share] }];
    const machines = toMachines(request, lines, claims, codes, around);
    const made = machines.length > 0 ? await this.resources.create(tx, machines, by) : [];
    await this.addresses.grant(tx, made, serversOf(items.value));
    const granted = grantedLines(request, lines, claims, items.value, around);
    if (this.fulfilment && granted.length > 0)
      await this.fulfilment.granted(
        tx,
        granted.map((one) => ({ ...one, lineId: subjectId })),
        workCodes,
      );
    return ok(machines.length > 0 || (this.fulfilment !== null && granted.length > 0));
  }

  /** To whoever fulfils them; where nobody does, what was granted is there. */
  async handOn(tx: Tx, granted: readonly GrantedLine[], codes: FulfilmentCodes): Promise<void> {
    if (granted.length === 0) return;
    if (this.fulfilment) await this.fulfilment.granted(tx, granted, codes);
    else for (const line of granted) await this.repository.markFulfilled(tx, line.lineId, null);
  }

  private async workCodes(lines: readonly RequestLineRow[]): Promise<FulfilmentCodes> {
    if (!this.fulfilment || lines.length === 0) return NO_CODES;
    return this.fulfilment.prepare(
      lines.map(({ id, kind, answers }) => ({ lineId: id, kind, answers: answers ?? [] })),
    );
  }

  private async surroundings(request: RequestRow, lines: readonly RequestLineRow[]): Promise<Surroundings> {
    const pools = lines.flatMap((line) => line.shares.flatMap((share) => share.pools.map((pool) => pool.poolId)));
    const [[department], [system], offers, images, used] = await Promise.all([
      this.departments.departments([request.departmentId]),
      this.systems.systems([request.systemId]),
      this.catalog.offers(lines.map((l) => (l.kind === 'VM' ? l.offerId : ''))),
      this.catalog.images(lines.map((l) => l.imageId ?? '')),
      this.facilities.pools([...new Set(pools)]),
    ]);
    if (!department || !system)
      throw new Error(`request ${request.code} belongs to a department or system that is gone`);
    const recorded = new Map(used.flatMap((pool) => (pool?.kind === 'RECORDED' ? [[pool.id, pool] as const] : [])));
    return { departmentCode: department.code, systemCode: system.code, offers, images, recorded };
  }
}

const serversOf = (items: readonly ItemClaim[]): string[] =>
  items.flatMap((item) => (item.kind === 'SERVER' ? [item.subjectId] : []));
