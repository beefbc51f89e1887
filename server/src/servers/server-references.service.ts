import { Injectable } from '@nestjs/common';
import { CenterLives } from '../facilities/center-lives.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { taken, unknown } from './domain/refused.js';
import type { ServerFacts } from './domain/server.js';
import { isUsed } from './domain/server-state.js';
import { HardwareModelsService } from './hardware-models.service.js';
import { ServersRepository } from './servers.repository.js';
import type { ServerRow } from './servers.types.js';

/** Whether what is written down of a server speaks of what there is, and of numbers that are nobody else's. */
@Injectable()
export class ServerReferences {
  constructor(
    private readonly repository: ServersRepository,
    private readonly models: HardwareModelsService,
    private readonly facilities: FacilitiesService,
    private readonly lives: CenterLives,
  ) {}

  /** @param own the server as it was; null = it is new. A stopped center takes neither. */
  async wrong(tx: Tx, facts: ServerFacts, own: ServerRow | null): Promise<Refusal[]> {
    const [[model], centerExists, same] = [
      await this.models.modelsWithin(tx, [facts.modelId]),
      await this.facilities.centerExists(tx, facts.centerId),
      await this.repository.byKeys([facts.assetNumber], [facts.serial], tx.manager),
    ];
    const others = same.filter((server) => server.id !== own?.id);
    return [
      ...(model ? [] : [unknown(['facts', 'modelId'], '型号', 'model')]),
      ...(centerExists ? [] : [unknown(['facts', 'centerId'], '数据中心', 'center')]),
      ...(own?.centerId === facts.centerId ? [] : await this.closed(tx, facts.centerId, own)),
      ...(others.some((s) => s.assetNumber === facts.assetNumber) ? [taken('assetNumber', facts.assetNumber)] : []),
      ...(others.some((s) => s.serial === facts.serial) ? [taken('serial', facts.serial)] : []),
    ];
  }

  /** What somebody has, or what is held for one, is promised where it comes to be. */
  private closed(tx: Tx, centerId: string, own: ServerRow | null): Promise<Refusal[]> {
    const what = own !== null && (own.state === 'HELD' || isUsed(own)) ? 'PROMISE' : 'EQUIPMENT';
    return this.lives.refusals(tx, [{ centerId, what, path: ['facts', 'centerId'] }]);
  }
}
