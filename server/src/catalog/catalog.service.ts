import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { CatalogRepository } from './catalog.repository.js';
import type { Image, Offer } from './domain/catalog.js';
import type { CabinetOffer, ServerOffer, ServiceOffer } from './domain/entries.js';
import type { ServiceDefinition } from './domain/service-definition.js';
import { EntriesRepository } from './entries.repository.js';

/** What is taken in as it is: by the demonstration, and by tests. */
export interface CatalogRows {
  readonly offers: readonly Offer[];
  readonly images: readonly Image[];
  readonly servers?: readonly ServerOffer[];
  readonly cabinets?: readonly CabinetOffer[];
  readonly services?: readonly ServiceOffer[];
  readonly definitions?: readonly ServiceDefinition[];
}

@Injectable()
export class CatalogService {
  constructor(
    private readonly repository: CatalogRepository,
    private readonly entries: EntriesRepository,
  ) {}

  /** What may be asked for now. */
  async catalog(withdrawnToo = false): Promise<{ offers: Offer[]; images: Image[] }> {
    const [offers, images] = await Promise.all([
      this.repository.offered(withdrawnToo),
      this.repository.offeredImages(withdrawnToo),
    ]);
    return { offers, images };
  }

  /** What may be installed now, for a grant. */
  imagesWithin(tx: Tx): Promise<Image[]> {
    return this.repository.offeredImages(false, tx.manager);
  }

  servers(withdrawnToo: boolean): Promise<ServerOffer[]> {
    return this.entries.list('ServerOffer', withdrawnToo);
  }

  cabinets(withdrawnToo: boolean): Promise<CabinetOffer[]> {
    return this.entries.list('CabinetOffer', withdrawnToo);
  }

  services(withdrawnToo: boolean): Promise<ServiceOffer[]> {
    return this.entries.list('ServiceOffer', withdrawnToo);
  }

  /** Batch for loaders, withdrawn ones too. */
  serverOffers = async (ids: readonly string[]): Promise<(ServerOffer | null)[]> =>
    inOrderOf(ids, await this.entries.byIds('ServerOffer', ids), (offer) => offer.id);

  /** Batch for loaders, withdrawn ones too. */
  cabinetOffers = async (ids: readonly string[]): Promise<(CabinetOffer | null)[]> =>
    inOrderOf(ids, await this.entries.byIds('CabinetOffer', ids), (offer) => offer.id);

  /** Batch for loaders, withdrawn ones too. */
  serviceOffers = async (ids: readonly string[]): Promise<(ServiceOffer | null)[]> =>
    inOrderOf(ids, await this.entries.byIds('ServiceOffer', ids), (offer) => offer.id);

  /** Inside an act; by their own ids, whichever versions they are. */
  definitionsWithin(tx: Tx, ids: readonly string[]): Promise<ServiceDefinition[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.entries.definitionsByIds(ids, tx.manager);
  }

  /** Batch for loaders: a definition by its own id, whichever version it is. */
  definitions = async (ids: readonly string[]): Promise<(ServiceDefinition | null)[]> =>
    inOrderOf(ids, await this.entries.definitionsByIds(ids), (definition) => definition.id);

  /** Batch for loaders: every version of each service, the newest first. */
  definitionsOf = async (serviceIds: readonly string[]): Promise<ServiceDefinition[][]> => {
    const byService = Map.groupBy(await this.entries.definitionsOf(serviceIds), (each) => each.serviceId);
    return serviceIds.map((id) => byService.get(id) ?? []);
  };

  /** Batch for loaders, withdrawn ones too: what was asked for by them lives on. */
  offers = async (ids: readonly string[]): Promise<(Offer | null)[]> =>
    inOrderOf(ids, await this.repository.offersByIds(ids), (offer) => offer.id);

  /** Batch for loaders, withdrawn ones too. */
  images = async (ids: readonly string[]): Promise<(Image | null)[]> =>
    inOrderOf(ids, await this.repository.imagesByIds(ids), (image) => image.id);

  async add(tx: Tx, rows: CatalogRows): Promise<void> {
    await this.entries.insert(tx, 'ServerOffer', rows.servers ?? []);
    await this.entries.insert(tx, 'CabinetOffer', rows.cabinets ?? []);
    await this.entries.insert(tx, 'ServiceOffer', rows.services ?? []);
    await this.entries.insertDefinitions(tx, rows.definitions ?? []);
    if (rows.offers.length > 0) await this.repository.insertOffers(tx, rows.offers);
    if (rows.images.length > 0) await this.repository.insertImages(tx, rows.images);
  }
}
