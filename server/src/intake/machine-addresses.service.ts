import { Injectable } from '@nestjs/common';
import { AddressLookup } from '../networks/address-lookup.service.js';
import { AddressesService } from '../networks/addresses.service.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type IntakeItemDraft, itemKey } from './domain/intake-item.js';

/** What a file of machines says of addresses in networks of ours, before anything is written. */
@Injectable()
export class MachineAddresses {
  constructor(
    private readonly lookup: AddressLookup,
    private readonly addresses: AddressesService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Addresses that these machines could not be given, by the machine's key. */
  async inUse(drafts: readonly IntakeItemDraft[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const placed = await this.lookup.place(
      drafts.flatMap((draft) => {
        const { content } = draft;
        if (content.kind !== 'MACHINE' || content.centerId === null) return [];
        const { centerId, zone } = content;
        return content.addresses.map((address) => ({ draft, centerId, zone, address }));
      }),
    );
    const found = new Map<string, string[]>();
    if (placed.length === 0) return found;
    await this.unitOfWork.run(async (tx) => {
      found.clear();
      for (const [networkId, own] of Map.groupBy(placed, (one) => one.networkId)) {
        const wishes = own.map(({ draft, address }, at) => ({
          text: address,
          subject: { type: 'Resource', id: null, departmentId: draft.departmentId, purpose: '', actorName: '' },
          path: [String(at)],
          mayBeOf: { type: 'System', id: draft.systemId },
        }));
        for (const { path } of await this.addresses.objections(tx, networkId, wishes)) {
          const one = own[Number(path[0])];
          if (one) found.set(itemKey(one.draft), [...(found.get(itemKey(one.draft)) ?? []), one.address]);
        }
      }
    });
    return found;
  }
}
