import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { matching, pageOf } from '../platform/database/listing.js';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import type { HardwareModel } from './domain/server.js';
import { HardwareModelEntity } from './servers.entity.js';

const INSERT_BATCH = 200;

/** What makers build belongs to nobody, so reads take no scope. */
@Injectable()
export class HardwareModelsRepository {
  constructor(private readonly db: DataSource) {}

  byIds(ids: readonly string[], manager = this.db.manager): Promise<HardwareModel[]> {
    return manager
      .createQueryBuilder(HardwareModelEntity, 'model')
      .where('model.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  bySlugs(slugs: readonly string[], manager = this.db.manager): Promise<HardwareModel[]> {
    return manager
      .createQueryBuilder(HardwareModelEntity, 'model')
      .where('model.slug in (:...slugs)', { slugs: inAsciiList(slugs) })
      .getMany();
  }

  page(search: string | null, page: PageRequest): Promise<Page<HardwareModel>> {
    const query = this.db.createQueryBuilder(HardwareModelEntity, 'model').where('1 = 1');
    return pageOf(matching(query, ['model.manufacturer', 'model.model', 'model.slug'], search), 'model.slug', page);
  }

  async insert(tx: Tx, models: readonly HardwareModel[]): Promise<void> {
    for (let at = 0; at < models.length; at += INSERT_BATCH)
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(HardwareModelEntity)
        .values(models.slice(at, at + INSERT_BATCH).map((m) => ({ ...m, keptAside: { ...m.keptAside } as object })))
        .updateEntity(false)
        .execute();
  }
}
