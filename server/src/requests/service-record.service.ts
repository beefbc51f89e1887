import { Injectable } from '@nestjs/common';
import { ChangedServicesRepository } from './changed-services.repository.js';
import type { RequestLineRow } from './requests.types.js';

/** What done changes have made of services, to be read beside the lines that asked for them first. */
@Injectable()
export class ServiceRecord {
  constructor(private readonly services: ChangedServicesRepository) {}

  /** Batch for loaders, in the order in which they were carried out; callers have already been let see the lines. */
  readonly changesOf = async (lineIds: readonly string[]): Promise<RequestLineRow[][]> => {
    const done = Map.groupBy(await this.services.done(lineIds), ({ changedLineId }) => changedLineId ?? '');
    return lineIds.map((id) => done.get(id) ?? []);
  };
}
