import { Injectable } from '@nestjs/common';
import { type ItemClaim, ItemRecord } from '../allocation/item-record.service.js';
import { unitAt, unitRange, unitsOf } from '../cabinets/domain/units.js';
import { GivenSpaces } from '../cabinets/given-spaces.service.js';
import type { GivenPlace } from '../cabinets/space.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { RequestLinePages } from '../requests/request-line-pages.service.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestLineRow } from '../requests/requests.types.js';
import { ServersService } from '../servers/servers.service.js';
import type { ServerRow } from '../servers/servers.types.js';
import type { SheetItem } from './domain/sheet-content.js';
import { formLineOf, type LineNames } from './form-lines.js';
import { NamesOfLines } from './names-of-lines.service.js';

const MIB_PER_GIB = 1024;
const GRAMS_PER_KG = 1000;
const BY_PEOPLE = '工单开通';
const UNKNOWN = '—';

interface Known {
  readonly servers: ReadonlyMap<string, ServerRow>;
  readonly places: ReadonlyMap<string, GivenPlace>;
  readonly centers: ReadonlyMap<string, string>;
}

/** What people made ready of a request: servers, places in cabinets and services, each thing a line of the sheet. */
@Injectable()
export class SheetThings {
  constructor(
    private readonly requests: RequestsService,
    private readonly lines: RequestLinePages,
    private readonly items: ItemRecord,
    private readonly servers: ServersService,
    private readonly spaces: GivenSpaces,
    private readonly facilities: FacilitiesService,
    private readonly names: NamesOfLines,
  ) {}

  /** Batch: the same number of statements however many. In the order of the lines. */
  async ofRequests(requestIds: readonly string[]): Promise<SheetItem[][]> {
    const linesOf = (await this.requests.linesOf(requestIds)).map((lines) =>
      lines.filter((line) => line.kind !== 'VM').toSorted((a, b) => a.position - b.position),
    );
    const lines = linesOf.flat();
    if (lines.length === 0) return requestIds.map(() => []);
    const [claimsOf, names] = await Promise.all([
      this.items.ofLines(lines.map((line) => line.id)),
      this.names.of(lines),
    ]);
    const had = new Map(lines.map((line, index) => [line.id, claimsOf[index] ?? []]));
    const known = await this.known(claimsOf.flat());
    return linesOf.map((own) => own.flatMap((line) => itemsOf(line, had.get(line.id) ?? [], names(line), known)));
  }

  /** How many there are of each, without reading them. */
  async countsOf(requestIds: readonly string[]): Promise<number[]> {
    const [things, services] = await Promise.all([
      this.items.countsOf(requestIds),
      this.lines.serviceCounts(requestIds),
    ]);
    return requestIds.map((id) => (things.get(id) ?? 0) + (services.get(id) ?? 0));
  }

  private async known(claims: readonly ItemClaim[]): Promise<Known> {
    const of = (kind: ItemClaim['kind']) => claims.flatMap((one) => (one.kind === kind ? [one.subjectId] : []));
    const [servers, places, centers] = await Promise.all([
      this.servers.servers(of('SERVER')),
      this.spaces.byIds(of('CABINET')),
      this.facilities.centersByIds([...new Set(claims.flatMap((one) => one.centerId ?? []))]),
    ]);
    return {
      servers: new Map(servers.flatMap((server) => (server ? [[server.id, server] as const] : []))),
      places: new Map(places.map((place) => [place.holder.id, place])),
      centers: new Map(centers.flatMap((center) => (center ? [[center.id, center.name] as const] : []))),
    };
  }
}

function itemsOf(line: RequestLineRow, claims: readonly ItemClaim[], names: LineNames, known: Known): SheetItem[] {
  const words = formLineOf(line, names, null);
  const common = {
    name: line.name,
    addresses: [],
    clusterObject: null,
    provisionedBy: BY_PEOPLE,
    deliveredAt: line.fulfilledAt?.toISOString() ?? null,
    evidence: line.evidence,
  };
  if (line.kind === 'SERVICE')
    return [
      {
        ...common,
        kind: line.kind,
        resourceId: line.id,
        code: line.itemCount > 1 ? `× ${line.itemCount}` : UNKNOWN,
        specification: `${words.specification}；${words.configuration}`,
        center: names.center?.name ?? UNKNOWN,
      },
    ];
  return claims.map((claim) => ({
    ...common,
    kind: claim.kind,
    resourceId: claim.subjectId,
    center: (claim.centerId && known.centers.get(claim.centerId)) || UNKNOWN,
    ...(claim.kind === 'SERVER'
      ? serverWords(known.servers.get(claim.subjectId), words.specification)
      : placeWords(known.places.get(claim.subjectId), words)),
  }));
}

function serverWords(server: ServerRow | undefined, asked: string): Pick<SheetItem, 'code' | 'specification'> {
  if (!server) return { code: UNKNOWN, specification: asked };
  const { cpuModel, sockets, cores, memoryMib } = server;
  return {
    code: server.assetNumber,
    specification: `${cpuModel} × ${sockets}，${cores} 核 ${Math.round(memoryMib / MIB_PER_GIB)} GiB；序列号 ${server.serial}`,
  };
}

function placeWords(
  place: GivenPlace | undefined,
  asked: { readonly specification: string; readonly configuration: string },
): Pick<SheetItem, 'code' | 'specification'> {
  if (!place) return { code: UNKNOWN, specification: `${asked.specification}；${asked.configuration}` };
  const { holder, cabinet } = place;
  const unit = unitAt(cabinet, holder.startHalfUnit, holder.heightHalfUnits);
  return {
    code: `${cabinet.code} ${unitRange(unit, holder.heightHalfUnits)}`,
    specification: `${unitsOf(holder.heightHalfUnits)} U，${holder.powerW} W，${holder.weightGrams / GRAMS_PER_KG} kg`,
  };
}
