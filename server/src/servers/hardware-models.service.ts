import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { checkedModel, type HardwareModel } from './domain/server.js';
import { HardwareModelsRepository } from './hardware-models.repository.js';

/** What kinds of machines there are. Models are added by import; a model that stands in use is not changed any more. */
@Injectable()
export class HardwareModelsService {
  constructor(private readonly repository: HardwareModelsRepository) {}

  /** Batch for loaders. */
  models = async (ids: readonly string[]): Promise<(HardwareModel | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), (model) => model.id);

  /** The same inside a transaction. */
  async modelsWithin(tx: Tx, ids: readonly string[]): Promise<(HardwareModel | null)[]> {
    return inOrderOf(ids, await this.repository.byIds(ids, tx.manager), (model) => model.id);
  }

  /** By slug, those that exist; inside a transaction when one is given. */
  async modelsBySlug(slugs: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, HardwareModel>> {
    const models = await this.repository.bySlugs(slugs, tx?.manager);
    return new Map(models.map((model) => [model.slug, model]));
  }

  list(search: string | null, page: PageRequest): Promise<Page<HardwareModel>> {
    return this.repository.page(search, page);
  }

  /** Takes in models. One that breaks a rule is a defect of the caller, who has checked them with `checkedModel`. */
  async addModels(tx: Tx, models: readonly HardwareModel[]): Promise<void> {
    for (const model of models) {
      const [broken] = checkedModel(model);
      if (broken) throw new RangeError(`model "${model.slug}": ${broken.message.en}`);
    }
    await this.repository.insert(tx, models);
  }
}
