import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ImageEntity, OfferEntity } from './catalog.entity.js';
import {
  CabinetOfferEntity,
  ServerOfferEntity,
  ServiceDefinitionEntity,
  ServiceOfferEntity,
} from './catalog-kinds.entity.js';
import type { CatalogStatus, Image, Offer } from './domain/catalog.js';
import type { CabinetOffer, CatalogEntry, EntryKind, ServerOffer, ServiceOffer } from './domain/entries.js';
import type { ServiceDefinition } from './domain/service-definition.js';

interface RowOfKind {
  readonly Offer: Offer;
  readonly Image: Image;
  readonly ServerOffer: ServerOffer;
  readonly CabinetOffer: CabinetOffer;
  readonly ServiceOffer: ServiceOffer;
}

const ENTITIES = {
  Offer: OfferEntity,
  Image: ImageEntity,
  ServerOffer: ServerOfferEntity,
  CabinetOffer: CabinetOfferEntity,
  ServiceOffer: ServiceOfferEntity,
} as const;

/** What all kinds of the catalog have in common, kind by kind. The catalog belongs to no department. */
@Injectable()
export class EntriesRepository {
  constructor(private readonly db: DataSource) {}

  async list<K extends EntryKind>(kind: K, withdrawnToo: boolean): Promise<RowOfKind[K][]> {
    const query = this.db.createQueryBuilder(ENTITIES[kind] as typeof OfferEntity, 'entry').orderBy('entry.code');
    if (!withdrawnToo) query.where("entry.status = 'OFFERED'");
    return (await query.getMany()) as unknown as RowOfKind[K][];
  }

  async byIds<K extends EntryKind>(kind: K, ids: readonly string[]): Promise<RowOfKind[K][]> {
    const query = this.db.createQueryBuilder(ENTITIES[kind] as typeof OfferEntity, 'entry');
    return (await query.where('entry.id in (:...ids)', { ids: inList(ids) }).getMany()) as unknown as RowOfKind[K][];
  }

  /** The row until the end of the transaction; null = there is none. */
  async locked<K extends EntryKind>(tx: Tx, kind: K, id: string): Promise<RowOfKind[K] | null> {
    const query = tx.manager.createQueryBuilder(ENTITIES[kind] as typeof OfferEntity, 'entry');
    return (await query.where('entry.id = :id', { id }).setLock('pessimistic_write').getOne()) as unknown as
      | RowOfKind[K]
      | null;
  }

  async codeIsTaken(tx: Tx, kind: EntryKind, code: string): Promise<boolean> {
    const query = tx.manager.createQueryBuilder(ENTITIES[kind] as typeof OfferEntity, 'entry');
    return query.where('entry.code = :code', { code }).getExists();
  }

  async insert<K extends EntryKind>(tx: Tx, kind: K, rows: readonly RowOfKind[K][]): Promise<void> {
    if (rows.length > 0)
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(ENTITIES[kind])
        .values([...rows] as object[])
        .updateEntity(false)
        .execute();
  }

  async update(
    tx: Tx,
    kind: EntryKind,
    entry: CatalogEntry,
    change: { readonly status?: CatalogStatus; readonly name?: string; readonly definitionNumber?: number },
  ): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(ENTITIES[kind] as typeof OfferEntity)
      .set({ ...change, version: entry.version + 1 } as object)
      .where('id = :id', { id: entry.id })
      .execute();
  }

  async insertDefinitions(tx: Tx, definitions: readonly ServiceDefinition[]): Promise<void> {
    const rows = definitions.map(({ id, serviceId, number, name, ...content }) => ({
      id,
      serviceId,
      number,
      nameZh: name.zh,
      nameEn: name.en,
      content,
      createdAt: tx.now,
    }));
    if (rows.length > 0)
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(ServiceDefinitionEntity)
        .values(rows as object[])
        .updateEntity(false)
        .execute();
  }

  async definitionsByIds(
    ids: readonly string[],
    manager: EntityManager = this.db.manager,
  ): Promise<ServiceDefinition[]> {
    const query = manager.createQueryBuilder(ServiceDefinitionEntity, 'definition');
    return (await query.where('definition.id in (:...ids)', { ids: inList(ids) }).getMany()).map(toDefinition);
  }

  /** Every version of what these services are, the newest first. */
  async definitionsOf(
    serviceIds: readonly string[],
    manager: EntityManager = this.db.manager,
  ): Promise<ServiceDefinition[]> {
    const query = manager.createQueryBuilder(ServiceDefinitionEntity, 'definition');
    const rows = await query
      .where('definition.serviceId in (:...ids)', { ids: inList(serviceIds) })
      .orderBy('definition.number', 'DESC')
      .getMany();
    return rows.map(toDefinition);
  }
}

function toDefinition({ id, serviceId, number, nameZh, nameEn, content }: ServiceDefinitionEntity): ServiceDefinition {
  return { ...content, id, serviceId, number, name: { zh: nameZh, en: nameEn } };
}
