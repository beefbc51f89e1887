import { Injectable } from '@nestjs/common';
import { AddressRecord } from '../networks/address-record.service.js';
import { quantitiesOfAddress } from './domain/address-meters.js';
import { latestOf } from './domain/use-facts.js';
import { MeteringRepository } from './metering.repository.js';
import type { NamedUse, UsePage, UseSource } from './metering.types.js';

/** As long as names of resources are; a purpose may be longer. */
const NAME_LENGTH = 120;

/** Addresses of a system, or of what has no record of its own; those of machines and servers are counted with them. */
@Injectable()
export class AddressUses implements UseSource {
  readonly name = 'ADDRESS';

  constructor(
    private readonly addresses: AddressRecord,
    private readonly repository: MeteringRepository,
  ) {}

  /** Those of machines and servers, too: they are counted with them, by the same record. */
  factsSince = (since: Date, before: Date): Promise<number> => this.addresses.factsSince(since, before);

  async after(cursor: string, limit: number): Promise<UsePage> {
    const addresses = await this.addresses.looseAfter(cursor, limit);
    const since = (await this.repository.starts()).get('ADDRESS');
    const uses = addresses.map((one): NamedUse => {
      const { centerId, departmentId, id, systemId } = one;
      const begins = latestOf(one.from, since);
      return {
        ...{ resourceId: id, subjectId: id, kind: 'ADDRESS', code: one.address, requestId: null },
        name: one.purpose.slice(0, NAME_LENGTH),
        owner: { departmentId, systemId, projectId: null, centerId, architecture: null, share: 'MAIN' },
        ...{ begins, ends: one.to },
        facts: [{ id: '', at: begins, quantities: quantitiesOfAddress(one) }],
        disputed: [],
      };
    });
    return { uses, cursor: addresses.at(-1)?.id ?? null };
  }
}
