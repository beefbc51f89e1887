import { Inject, Injectable, Optional } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import type { Claim } from '../allocation/domain/claim.js';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import { ItemClaims } from '../allocation/item-claims.service.js';
import type { ItemClaim } from '../allocation/item-record.service.js';
import { CatalogService } from '../catalog/catalog.service.js';
import type { Image, Offer } from '../catalog/domain/catalog.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { objectNameOf } from '../resources/domain/identity-of-machine.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { NewResource } from '../resources/resources.types.js';
import { SystemsService } from '../systems/systems.service.js';
import { type GrantedLine, LINE_FULFILMENT, type LineFulfilment } from './fulfilment.types.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

/** Read and taken before the unit of work: none of it changes with the version that is approved. */
export interface PreparedGrant {
  readonly codes: readonly string[];
  readonly around: Surroundings;
}

interface Surroundings {
  readonly departmentCode: string;
  readonly systemCode: string;
  /** Of machines, by the lines' positions. */
  readonly offers: readonly (Offer | null)[];
  readonly images: readonly (Image | null)[];
  /** Pools that no cluster of ours drives. */
  readonly recorded: ReadonlySet<string>;
}

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
    private readonly resources: ResourcesService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly catalog: CatalogService,
    private readonly facilities: FacilitiesService,
    private readonly codes: CodeSequence,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(LINE_FULFILMENT) private readonly fulfilment: LineFulfilment | null = null,
  ) {}

  async prepare(request: RequestRow): Promise<PreparedGrant> {
    const lines = await this.repository.lines(request.id);
    const machines = lines.reduce((sum, line) => sum + machinesOf(line), 0);
    const codes = await this.codes.take('VM', accountingYear(this.clock.now()), machines);
    return { codes, around: await this.surroundings(request, lines) };
  }

  /** @returns the codes of the machines that were made. Refused where a held server cannot come into use. */
  async grant(
    tx: Tx,
    request: RequestRow,
    { codes, around }: PreparedGrant,
    by: string,
  ): Promise<Result<string[], readonly Refusal[]>> {
    const claims = await this.allocation.allocate(tx, request.id);
    const { departmentId, systemId } = request;
    const items = await this.items.allocate(tx, request.id, { departmentId, systemId }, by);
    if (!items.ok) return items;
    const lines = await this.repository.lines(request.id, tx);
    const machines = toMachines(request, lines, claims, codes, around);
    if (machines.length > 0) await this.resources.create(tx, machines, by);
    await this.handOn(tx, grantedLines(request, lines, claims, items.value, around));
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

  /** To whoever fulfils them; where nobody does, what was granted is there. */
  private async handOn(tx: Tx, granted: readonly GrantedLine[]): Promise<void> {
    if (granted.length === 0) return;
    if (this.fulfilment) await this.fulfilment.granted(tx, granted);
    else for (const line of granted) await this.repository.markFulfilled(tx, line.lineId, null);
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
    const recorded = new Set(used.flatMap((pool) => (pool?.kind === 'RECORDED' ? [pool.id] : [])));
    return { departmentCode: department.code, systemCode: system.code, offers, images, recorded };
  }
}

/** Data alone is no machine; what is owed is none yet. */
function machinesOf(line: RequestLineRow): number {
  if (line.kind !== 'VM') return 0;
  return line.shares.reduce((sum, share) => (share.owed || share.standing === 'DATA' ? sum : sum + share.count), 0);
}

/** What tells the machines of a line's shares apart by their names. */
const NAME_OF_SHARE: { readonly [S in ShareName]: string } = { MAIN: '', MAIN_A: '-a', MAIN_B: '-b', RECOVERY: '-r' };

/** One record a claim. Claims of a share go by id, so that the numbering is the same however often this runs. */
function toMachines(
  request: RequestRow,
  lines: readonly RequestLineRow[],
  claims: readonly Claim[],
  codes: readonly string[],
  around: Surroundings,
): NewResource[] {
  let next = 0;
  const byLine = Map.groupBy(claims, (claim) => claim.lineId);
  return lines.flatMap((line, position) => {
    if (line.kind !== 'VM') return [];
    const [offer, image] = [around.offers[position], around.images[position]];
    if (!offer || !image) throw new Error(`line ${position} of ${request.code} names an offer or image that is gone`);
    const own = (byLine.get(line.id) ?? []).toSorted((a, b) => (a.claimId < b.claimId ? -1 : 1));
    return line.shares.flatMap((share) => {
      const name = `${line.name}${NAME_OF_SHARE[share.share]}`;
      // Lines that were held before prices were kept by size are of one size.
      const even = BigInt(share.monthlyFen ?? 0) / BigInt(share.count);
      const fenOf = ({ vcpu, memoryMib }: Claim): bigint =>
        BigInt(share.prices.find((one) => one.vcpu === vcpu && one.memoryMib === memoryMib)?.eachFen ?? even);
      return own
        .filter((claim) => claim.share === share.share && claim.standing !== 'DATA')
        .map((claim, n): NewResource => {
          const code = codes[next] as string;
          next += 1;
          return {
            code,
            name: `${name}-${n + 1}`,
            objectName: objectNameOf(name, n + 1, code),
            departmentId: request.departmentId,
            departmentCode: around.departmentCode,
            systemId: request.systemId,
            systemCode: around.systemCode,
            projectId: request.projectId,
            requestId: request.id,
            requestCode: request.code,
            lineId: line.id,
            offerId: line.offerId,
            imageId: image.id,
            centerId: share.centerId,
            poolId: claim.poolId,
            claimId: claim.claimId,
            architecture: offer.architecture,
            zone: line.zone ?? '',
            // A standby machine is defined in full, whatever of its compute is kept for it.
            vcpu: offer.vcpu,
            memoryMib: offer.memoryMib,
            diskGib: claim.diskGib,
            storageTier: claim.storageTier,
            imageSource: image.source,
            monthlyFen: fenOf(claim),
            temporaryUntil: request.temporaryUntil,
            standby: claim.standing === 'STANDBY',
            management: around.recorded.has(claim.poolId) ? 'RECORDED' : 'DRIVEN',
          };
        });
    });
  });
}

/** What people fulfil: everything but machines that a cluster makes. */
function grantedLines(
  request: RequestRow,
  lines: readonly RequestLineRow[],
  claims: readonly Claim[],
  items: readonly ItemClaim[],
  { recorded }: Surroundings,
): GrantedLine[] {
  const onRecord = Map.groupBy(
    claims.filter((claim) => recorded.has(claim.poolId)),
    (claim) => claim.lineId,
  );
  const things = Map.groupBy(items, (item) => item.lineId);
  return lines.flatMap((line): GrantedLine[] => {
    const machines = onRecord.get(line.id) ?? [];
    if (line.kind === 'VM' && machines.length === 0) return [];
    const own = things.get(line.id) ?? [];
    const centers = new Set(line.shares.map((share) => share.centerId));
    return [
      {
        requestId: request.id,
        requestCode: request.code,
        departmentId: request.departmentId,
        systemId: request.systemId,
        projectId: request.projectId,
        lineId: line.id,
        lineName: line.name,
        kind: line.kind,
        offerId: line.offerId,
        definitionId: line.definitionId,
        answers: line.answers ?? [],
        count: line.itemCount,
        centerId: centers.size === 1 ? ([...centers][0] ?? null) : line.centerId,
        subjectIds:
          line.kind === 'VM'
            ? machines.map((claim) => claim.claimId)
            : own.filter((item) => item.kind !== 'SERVICE').map((item) => item.subjectId),
      },
    ];
  });
}
