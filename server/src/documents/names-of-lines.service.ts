import { Injectable } from '@nestjs/common';
import { CatalogService } from '../catalog/catalog.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { RequestLineRow } from '../requests/requests.types.js';
import type { LineNames } from './form-lines.js';

/** What the ids of lines name, for all papers alike. */
@Injectable()
export class NamesOfLines {
  constructor(
    private readonly catalog: CatalogService,
    private readonly facilities: FacilitiesService,
  ) {}

  /** Batch: the same number of statements however many. */
  async of(lines: readonly RequestLineRow[]): Promise<(line: RequestLineRow) => LineNames> {
    const offersOf = (kind: RequestLineRow['kind']) => lines.map((line) => (line.kind === kind ? line.offerId : ''));
    const [offers, images, servers, cabinets, definitions, centers] = await Promise.all([
      this.catalog.offers(offersOf('VM')),
      this.catalog.images(lines.map((line) => line.imageId ?? '')),
      this.catalog.serverOffers(offersOf('SERVER')),
      this.catalog.cabinetOffers(offersOf('CABINET')),
      this.catalog.definitions(lines.map((line) => line.definitionId ?? '')),
      this.facilities.centersByIds(lines.map((line) => line.centerId ?? '')),
    ]);
    const at = new Map(lines.map((line, index) => [line.id, index]));
    return ({ id }) => {
      const index = at.get(id) ?? -1;
      return {
        offer: offers[index] ?? null,
        image: images[index] ?? null,
        server: servers[index] ?? null,
        cabinet: cabinets[index] ?? null,
        definition: definitions[index] ?? null,
        center: centers[index] ?? null,
      };
    };
  }
}
