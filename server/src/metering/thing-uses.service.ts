import { Injectable } from '@nestjs/common';
import { ItemRecord, type ItemUse } from '../allocation/item-record.service.js';
import { SpaceRecord } from '../cabinets/space-record.service.js';
import type { SpaceEntry } from '../cabinets/space-record.types.js';
import { CatalogService } from '../catalog/catalog.service.js';
import type { CabinetOffer, ServerOffer } from '../catalog/domain/entries.js';
import type { ServiceDefinition } from '../catalog/domain/service-definition.js';
import { DeliveryDisputes } from '../documents/delivery-disputes.service.js';
import { AddressRecord, type AddressUse } from '../networks/address-record.service.js';
import { type DeliveredLine, DeliveredLines } from '../requests/delivered-lines.service.js';
import { ServerHistory } from '../servers/server-history.service.js';
import { ServersService } from '../servers/servers.service.js';
import { quantitiesOfAddress } from './domain/address-meters.js';
import type { Span, UseOwner } from './domain/intervals.js';
import { quantitiesOfSpace } from './domain/meter-units.js';
import { countedSince, factsWith } from './domain/use-facts.js';
import { MeteringRepository } from './metering.repository.js';
import type { NamedUse, UsePage, UseSource } from './metering.types.js';

/** Lines read at once: each may have hundreds of things. */
const LINES_PER_PAGE_MAX = 200;

/** Everything that is known of the things of some lines. */
interface Known {
  readonly servers: ReadonlyMap<string, ServerOffer>;
  readonly cabinets: ReadonlyMap<string, CabinetOffer>;
  readonly definitions: ReadonlyMap<string, ServiceDefinition>;
  readonly assets: ReadonlyMap<string, string>;
  readonly places: ReadonlyMap<string, readonly SpaceEntry[]>;
  readonly givenBack: ReadonlyMap<string, readonly Date[]>;
  readonly made: ReadonlyMap<string, Date | null>;
  readonly disputes: ReadonlyMap<string, readonly Span[]>;
  /** By server. */
  readonly addresses: ReadonlyMap<string, readonly AddressUse[]>;
}

/** Servers, places in cabinets and services: what people hand over by the line. */
@Injectable()
export class ThingUses implements UseSource {
  readonly name = 'THING';

  constructor(
    private readonly lines: DeliveredLines,
    private readonly items: ItemRecord,
    private readonly spaces: SpaceRecord,
    private readonly servers: ServersService,
    private readonly serverHistory: ServerHistory,
    private readonly catalog: CatalogService,
    private readonly disputes: DeliveryDisputes,
    private readonly addresses: AddressRecord,
    private readonly repository: MeteringRepository,
  ) {}

  /** Of servers and places by when they were written; of services by what the book does not say. */
  factsSince = async (since: Date, before: Date): Promise<number> => {
    const counts = [
      this.serverHistory.factsSince(since, before),
      this.spaces.factsSince(since, before),
      this.lines.lateServices(before),
    ];
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  };

  async after(cursor: string, limit: number): Promise<UsePage> {
    const lines = await this.lines.after(cursor, Math.min(limit, LINES_PER_PAGE_MAX));
    const items = Map.groupBy(await this.items.usesOf(lines.map(({ id }) => id)), ({ lineId }) => lineId);
    const known = await this.known(lines, [...items.values()].flat());
    const uses = lines.flatMap((line) =>
      line.kind === 'SERVICE'
        ? serviceUse(line, known)
        : (items.get(line.id) ?? []).flatMap((item) => itemUse(line, item, known)),
    );
    return { uses, cursor: lines.at(-1)?.id ?? null };
  }

  private async known(lines: readonly DeliveredLine[], items: readonly ItemUse[]): Promise<Known> {
    const offersOf = (kind: DeliveredLine['kind']) => [
      ...new Set(lines.flatMap((line) => (line.kind === kind ? [line.offerId] : []))),
    ];
    const subjectsOf = (kind: ItemUse['kind']) => [
      ...new Set(items.flatMap((item) => (item.kind === kind ? [item.subjectId] : []))),
    ];
    const definitionIds = [...new Set(lines.flatMap(({ definitionId }) => definitionId ?? []))];
    const serverIds = subjectsOf('SERVER');
    const since = (await this.repository.starts()).get('ADDRESS');
    const [offers, cabinets, definitions, servers, entries, back, made, disputes, addresses] = await Promise.all([
      this.catalog.serverOffers(offersOf('SERVER')),
      this.catalog.cabinetOffers(offersOf('CABINET')),
      this.catalog.definitions(definitionIds),
      this.servers.servers(serverIds),
      this.spaces.linesOf(subjectsOf('CABINET')),
      this.serverHistory.givenBack(serverIds),
      this.lines.madeByChange(items.map(({ id }) => id)),
      this.disputes.of([...lines.map(({ id }) => id), ...items.flatMap(({ id, subjectId }) => [id, subjectId])]),
      this.addresses.of(serverIds),
    ]);
    return {
      servers: byId(offers),
      cabinets: byId(cabinets),
      definitions: byId(definitions),
      assets: new Map(servers.flatMap((server) => (server ? [[server.id, server.assetNumber] as const] : []))),
      places: Map.groupBy(entries, ({ id }) => id),
      givenBack: new Map(
        [...Map.groupBy(back, ({ serverId }) => serverId)].map(([id, of]) => [id, of.map(({ at }) => at)]),
      ),
      made,
      disputes: Map.groupBy(disputes, ({ resourceId }) => resourceId),
      addresses: Map.groupBy(countedSince(addresses, since), ({ subjectId }) => subjectId),
    };
  }
}

/** A service that is free by its definition has no meter: nothing of it is counted. */
function serviceUse(line: DeliveredLine, known: Known): NamedUse[] {
  const meter = line.definitionId === null ? null : known.definitions.get(line.definitionId)?.priceMeter;
  if (!meter) return [];
  return [
    {
      resourceId: line.id,
      subjectId: line.id,
      kind: 'SERVICE',
      code: meter.replace('SERVICE:', ''),
      name: line.name,
      requestId: line.requestId,
      owner: ownerOf(line, line.centerId, 'MAIN'),
      begins: line.deliveredAt,
      ends: line.endedAt,
      facts: [
        { id: '', at: line.deliveredAt, quantities: { [meter]: line.count } },
        ...line.counts.map(({ id, at, count }) => ({ id, at, quantities: { [meter]: count } })),
      ],
      disputed: known.disputes.get(line.id) ?? [],
    },
  ];
}

function itemUse(line: DeliveredLine, item: ItemUse, known: Known): NamedUse[] {
  const begins = beginningOf(line, item, known);
  const common = {
    resourceId: item.id,
    subjectId: item.subjectId,
    name: line.name,
    requestId: line.requestId,
    owner: ownerOf(line, item.centerId, item.share),
    begins,
    disputed: [...(known.disputes.get(item.id) ?? []), ...(known.disputes.get(item.subjectId) ?? [])],
  };
  if (item.kind === 'SERVER') {
    const offer = known.servers.get(line.offerId);
    if (!offer || begins === null) return [];
    const back = known.givenBack.get(item.subjectId)?.find((at) => at > begins) ?? null;
    return [
      {
        ...common,
        kind: 'SERVER',
        code: known.assets.get(item.subjectId) ?? offer.code,
        ends: earliest(item.releasedAt, line.endedAt, back),
        facts: factsWith(
          [{ id: '', at: begins, quantities: { [`SERVER:${offer.code}`]: 1 } }],
          (known.addresses.get(item.subjectId) ?? []).map((one) => ({ ...one, quantities: quantitiesOfAddress(one) })),
        ),
      },
    ];
  }
  const offer = known.cabinets.get(line.offerId);
  const entries = known.places.get(item.subjectId) ?? [];
  if (!offer || begins === null || entries.length === 0) return [];
  const released = entries.find(({ state }) => state === 'RELEASED')?.at ?? null;
  return [
    {
      ...common,
      kind: 'SPACE',
      code: entries.at(-1)?.label ?? line.name,
      ends: earliest(item.releasedAt, line.endedAt, released),
      facts: entries
        .filter(({ state }) => state === 'ALLOCATED' || state === 'OCCUPIED')
        .map((entry) => ({
          id: `${entry.id} ${String(entry.version).padStart(VERSION_DIGITS, '0')}`,
          at: entry.at,
          quantities: quantitiesOfSpace(entry, offer),
        })),
    },
  ];
}

/** With its line, or with the change that made it; what came to the line later (a DR debt that was settled) not before it was given. */
function beginningOf(line: DeliveredLine, item: ItemUse, known: Known): Date | null {
  if (known.made.has(item.id)) return known.made.get(item.id) ?? null;
  return item.allocatedAt !== null && item.allocatedAt > line.deliveredAt ? item.allocatedAt : line.deliveredAt;
}

/** Versions of a holder as texts that sort as numbers do. */
const VERSION_DIGITS = 10;

function ownerOf(line: DeliveredLine, centerId: string | null, share: UseOwner['share']): UseOwner {
  const { departmentId, systemId, projectId } = line;
  return { departmentId, systemId, projectId, centerId, architecture: null, share };
}

function earliest(...moments: readonly (Date | null)[]): Date | null {
  const known = moments.filter((at) => at !== null).toSorted((a, b) => a.getTime() - b.getTime());
  return known[0] ?? null;
}

function byId<T extends { readonly id: string }>(rows: readonly (T | null)[]): Map<string, T> {
  return new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])));
}
