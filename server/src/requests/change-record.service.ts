import { Injectable } from '@nestjs/common';
import { RequestChangesRepository } from './request-changes.repository.js';
import type { ChangeRow } from './request-changes.types.js';

/** What change requests do to resources, to be read. It asks nothing else, so that whoever signs may ask it. */
@Injectable()
export class ChangeRecord {
  constructor(private readonly changes: RequestChangesRepository) {}

  /** Batch for loaders; callers have already been let see the requests. */
  readonly ofRequests = async (requestIds: readonly string[]): Promise<ChangeRow[][]> => {
    const rows = Map.groupBy(await this.changes.ofRequests(requestIds), (row) => row.requestId);
    return requestIds.map((id) => rows.get(id) ?? []);
  };
}
