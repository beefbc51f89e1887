import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { CatalogRepository } from './catalog.repository.js';
import type { Image, Offer } from './domain/catalog.js';

@Injectable()
export class CatalogService {
  constructor(private readonly repository: CatalogRepository) {}

  /** What may be asked for now. */
  async catalog(): Promise<{ offers: Offer[]; images: Image[] }> {
    const [offers, images] = await Promise.all([this.repository.offered(), this.repository.offeredImages()]);
    return { offers, images };
  }

  /** Batch for loaders, withdrawn ones too: what was asked for by them lives on. */
  offers = async (ids: readonly string[]): Promise<(Offer | null)[]> =>
    inOrderOf(ids, await this.repository.offersByIds(ids), (offer) => offer.id);

  /** Batch for loaders, withdrawn ones too. */
  images = async (ids: readonly string[]): Promise<(Image | null)[]> =>
    inOrderOf(ids, await this.repository.imagesByIds(ids), (image) => image.id);

  async add(tx: Tx, rows: { readonly offers: readonly Offer[]; readonly images: readonly Image[] }): Promise<void> {
    if (rows.offers.length > 0) await this.repository.insertOffers(tx, rows.offers);
    if (rows.images.length > 0) await this.repository.insertImages(tx, rows.images);
  }
}
