import { Inject, Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import type { Claim } from '../allocation/domain/claim.js';
import { CatalogService } from '../catalog/catalog.service.js';
import type { Image, Offer } from '../catalog/domain/catalog.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { objectNameOf } from '../resources/domain/identity-of-machine.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { NewResource } from '../resources/resources.types.js';
import { SystemsService } from '../systems/systems.service.js';
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
  /** By the lines' positions. */
  readonly offers: readonly (Offer | null)[];
  readonly images: readonly (Image | null)[];
}

/** The end of a chain: what is held becomes allocated, and a record is made of every machine for the worker to provision. */
@Injectable()
export class GrantingService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly allocation: AllocationService,
    private readonly resources: ResourcesService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly catalog: CatalogService,
    private readonly codes: CodeSequence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async prepare(request: RequestRow): Promise<PreparedGrant> {
    const codes = await this.codes.take('VM', accountingYear(this.clock.now()), request.machineCount);
    return { codes, around: await this.surroundings(request, await this.repository.lines(request.id)) };
  }

  /** @returns the codes of the machines that were made. */
  async grant(tx: Tx, request: RequestRow, { codes, around }: PreparedGrant, by: string): Promise<string[]> {
    const claims = await this.allocation.allocate(tx, request.id);
    const machines = toMachines(request, await this.repository.lines(request.id, tx), claims, codes, around);
    await this.resources.create(tx, machines, by);
    return machines.map((machine) => machine.code);
  }

  private async surroundings(request: RequestRow, lines: readonly RequestLineRow[]): Promise<Surroundings> {
    const [[department], [system], offers, images] = await Promise.all([
      this.departments.departments([request.departmentId]),
      this.systems.systems([request.systemId]),
      this.catalog.offers(lines.map((l) => l.offerId)),
      this.catalog.images(lines.map((l) => l.imageId)),
    ]);
    if (!department || !system)
      throw new Error(`request ${request.code} belongs to a department or system that is gone`);
    return { departmentCode: department.code, systemCode: system.code, offers, images };
  }
}

/** One record a claim. Claims of a line go by id, so that the numbering is the same however often this runs. */
function toMachines(
  request: RequestRow,
  lines: readonly RequestLineRow[],
  claims: readonly Claim[],
  codes: readonly string[],
  around: Surroundings,
): NewResource[] {
  let next = 0;
  return lines.flatMap((line, position) => {
    const [offer, image] = [around.offers[position], around.images[position]];
    if (!offer || !image) throw new Error(`line ${position} of ${request.code} names an offer or image that is gone`);
    return claims
      .filter((claim) => claim.lineId === line.id)
      .toSorted((a, b) => (a.claimId < b.claimId ? -1 : 1))
      .map((claim, n) => {
        const code = codes[next] as string;
        next += 1;
        return {
          code,
          name: `${line.name}-${n + 1}`,
          objectName: objectNameOf(line.name, n + 1, code),
          departmentId: request.departmentId,
          departmentCode: around.departmentCode,
          systemId: request.systemId,
          systemCode: around.systemCode,
          projectId: request.projectId,
          requestId: request.id,
          requestCode: request.code,
          lineId: line.id,
          offerId: line.offerId,
          imageId: line.imageId,
          centerId: line.centerId,
          poolId: claim.poolId,
          claimId: claim.claimId,
          architecture: offer.architecture,
          zone: line.zone,
          vcpu: claim.vcpu,
          memoryMib: claim.memoryMib,
          diskGib: claim.diskGib,
          storageTier: claim.storageTier,
          imageSource: image.source,
          monthlyFen: (line.monthlyFen ?? 0n) / BigInt(line.machineCount),
          temporaryUntil: request.temporaryUntil,
        };
      });
  });
}
