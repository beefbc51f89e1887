import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import { ImageEntity, OfferEntity } from './catalog.entity.js';
import type { Image, Offer } from './domain/catalog.js';

/** The catalog belongs to no department, so reads of it take no scope. */
@Injectable()
export class CatalogRepository {
  constructor(private readonly db: DataSource) {}

  /** As a form shows them: by architecture and family, the small ones first. */
  offered(withdrawnToo = false): Promise<Offer[]> {
    return this.db
      .createQueryBuilder(OfferEntity, 'offer')
      .where(withdrawnToo ? '1 = 1' : "offer.status = 'OFFERED'")
      .orderBy('offer.architecture')
      .addOrderBy('offer.family')
      .addOrderBy('offer.vcpu')
      .addOrderBy('offer.memoryMib')
      .addOrderBy('offer.code')
      .getMany();
  }

  offeredImages(withdrawnToo = false, manager = this.db.manager): Promise<Image[]> {
    return manager
      .createQueryBuilder(ImageEntity, 'image')
      .where(withdrawnToo ? '1 = 1' : "image.status = 'OFFERED'")
      .orderBy('image.architecture')
      .addOrderBy('image.code')
      .getMany();
  }

  offersByIds(ids: readonly string[]): Promise<Offer[]> {
    return this.db
      .createQueryBuilder(OfferEntity, 'offer')
      .where('offer.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  offersByCodes(codes: readonly string[], manager: EntityManager = this.db.manager): Promise<Offer[]> {
    return manager
      .createQueryBuilder(OfferEntity, 'offer')
      .where('offer.code in (:...codes)', { codes: inAsciiList(codes) })
      .getMany();
  }

  imagesByIds(ids: readonly string[]): Promise<Image[]> {
    return this.db
      .createQueryBuilder(ImageEntity, 'image')
      .where('image.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  async insertOffers(tx: Tx, offers: readonly Offer[]): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(OfferEntity)
      .values([...offers] as object[])
      .updateEntity(false)
      .execute();
  }

  async insertImages(tx: Tx, images: readonly Image[]): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(ImageEntity)
      .values([...images] as object[])
      .updateEntity(false)
      .execute();
  }
}
