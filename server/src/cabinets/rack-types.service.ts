import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { matching, pageOf } from '../platform/database/listing.js';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import type { RackType } from './domain/rack-type.js';
import { RackTypeEntity } from './rack-types.entity.js';

const COLUMNS = [
  'id',
  'manufacturer',
  'model',
  'slug',
  'heightUnits',
  'startingUnit',
  'numbering',
  'widthMm',
  'depthMm',
  'ownWeightGrams',
  'weightLimitGrams',
  'keptAside',
] as const satisfies readonly (keyof RackType)[];

/** What kinds of frames there are. They belong to nobody, so reads take no scope. */
@Injectable()
export class RackTypesService {
  constructor(private readonly db: DataSource) {}

  /** By slug, those that exist. */
  async bySlugs(slugs: readonly string[]): Promise<ReadonlyMap<string, RackType>> {
    const types = await this.db
      .createQueryBuilder(RackTypeEntity, 'type')
      .where('type.slug in (:...slugs)', { slugs: inAsciiList(slugs) })
      .getMany();
    return new Map(types.map((type) => [type.slug, type]));
  }

  /** Batch for loaders. */
  types = async (ids: readonly string[]): Promise<(RackType | null)[]> => {
    const found = await this.db
      .createQueryBuilder(RackTypeEntity, 'type')
      .where('type.id in (:...ids)', { ids: inList(ids) })
      .getMany();
    return inOrderOf(ids, found, (type) => type.id);
  };

  page(search: string | null, page: PageRequest): Promise<Page<RackType>> {
    const query = this.db.createQueryBuilder(RackTypeEntity, 'type').where('1 = 1');
    return pageOf(matching(query, ['type.manufacturer', 'type.model', 'type.slug'], search), 'type.slug', page);
  }

  addAll(tx: Tx, types: readonly RackType[]): Promise<void> {
    return bulkInsert(tx, 'rack_type', COLUMNS, types);
  }
}
