import { Injectable } from '@nestjs/common';
import type { AddressHolder, ResourcesAsHolders } from '../networks/domain/address-holder.js';
import { ResourcesService } from './resources.service.js';

/** Tells networks what a resource is that has an address. */
@Injectable()
export class ResourceHolders implements ResourcesAsHolders {
  constructor(private readonly resources: ResourcesService) {}

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
          over: row.state === 'RELEASING' || row.state === 'RELEASED',
        },
    );
  }
}
