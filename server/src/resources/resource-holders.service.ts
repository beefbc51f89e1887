import { Injectable } from '@nestjs/common';
import type { AddressHolder, KeptHolder } from '../networks/domain/address-holder.js';
import type { ResourcesAsHolders } from '../networks/resources-as-holders.types.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ResourceState } from './domain/resource-state.js';
import { ResourcesRepository } from './resources.repository.js';
import { ResourcesService } from './resources.service.js';

/** Tells networks what a resource is that has an address. */
@Injectable()
export class ResourceHolders implements ResourcesAsHolders {
  constructor(
    private readonly resources: ResourcesService,
    private readonly repository: ResourcesRepository,
  ) {}

  async holdersOf(resourceIds: readonly string[]): Promise<(AddressHolder | null)[]> {
    const rows = await this.resources.rows(resourceIds);
    return rows.map(
      (row) =>
        row && {
          kind: 'Resource',
          id: row.id,
          code: row.code,
          name: row.name,
          departmentId: row.departmentId,
          over: isEnding(row.state),
        },
    );
  }

  async kept(tx: Tx, resourceId: string): Promise<KeptHolder | null> {
    const row = await this.repository.locked(tx, resourceId);
    return row && { departmentId: row.departmentId, over: isEnding(row.state) };
  }
}

function isEnding(state: ResourceState): boolean {
  return state === 'RELEASING' || state === 'RELEASED';
}
