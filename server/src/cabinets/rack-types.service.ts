import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
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
      .where('type.slug in (:...slugs)', { slugs: inList(slugs) })
      .getMany();
    return new Map(types.map((type) => [type.slug, type]));
  }

  addAll(tx: Tx, types: readonly RackType[]): Promise<void> {
    return bulkInsert(tx, 'rack_type', COLUMNS, types);
  }
}
