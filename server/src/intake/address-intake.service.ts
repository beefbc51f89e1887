import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { AddressLookup } from '../networks/address-lookup.service.js';
import { AddressesService } from '../networks/addresses.service.js';
import type { SpecificWish } from '../networks/networks.types.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { usageFrom } from './domain/intake-item.js';
import type { AddressItem, Became, IntakeBatchRow, IntakeItemRow, MachineItem } from './intake.types.js';

/** An address of an entry in a network of ours. */
export interface PlacedAddress {
  readonly item: IntakeItemRow;
  readonly networkId: string;
  readonly address: string;
}

/** Addresses that are in use already become claims: allocated at once, because they are on the wire. */
@Injectable()
export class AddressIntake {
  constructor(
    private readonly addresses: AddressesService,
    private readonly lookup: AddressLookup,
  ) {}

  /**
   * Every address that the batch speaks of: its own entries', and those of its machines that lie in a network of ours. What
   * no network of ours has is no business of the networks: it stays with the machine as it was written.
   */
  async placed(items: readonly AddressItem[], machines: readonly MachineItem[]): Promise<PlacedAddress[]> {
    const own = items.map((item) => ({ item, networkId: item.content.networkId, address: item.content.address }));
    const ofMachines = await this.lookup.place(
      machines.flatMap((item) =>
        item.content.addresses.flatMap((address) =>
          item.content.centerId === null
            ? []
            : [{ item, centerId: item.content.centerId, zone: item.content.zone, address }],
        ),
      ),
    );
    // A machine uses what its own system is taken in with beside it.
    const owners = new Set(own.map(({ item, networkId, address }) => `${item.systemId} ${networkId} ${address}`));
    return [
      ...own,
      ...ofMachines.filter(({ item, networkId, address }) => !owners.has(`${item.systemId} ${networkId} ${address}`)),
    ];
  }

  /** `resources` = what the batch's machines have become, by entry. Networks in the order of their ids, so that two batches do not wait for each other in a circle. */
  async takeIn(
    tx: Tx,
    batch: IntakeBatchRow,
    placed: readonly PlacedAddress[],
    resources: ReadonlyMap<string, string>,
    actorName: string,
  ): Promise<Result<Became[], readonly Refusal[]>> {
    const became: Became[] = [];
    const refusals: Refusal[] = [];
    for (const [networkId, own] of inOrder(placed)) {
      const wishes = own.map((one) => wishOf(one, batch, resources, actorName));
      const claimed = await this.addresses.claimAll(tx, networkId, wishes, 'ALLOCATED');
      if (!claimed.ok) refusals.push(...claimed.error);
      else
        for (const [at, claim] of claimed.value.entries()) {
          const item = own[at]?.item;
          if (item?.content.kind === 'ADDRESS') became.push({ itemId: item.id, becameId: claim.id });
        }
    }
    return refusals.length > 0 ? refuse(refusals) : ok(became);
  }

  /** What would stand in the way now. */
  async objections(tx: Tx, batch: IntakeBatchRow, placed: readonly PlacedAddress[]): Promise<Refusal[]> {
    const refusals: Refusal[] = [];
    for (const [networkId, own] of inOrder(placed))
      refusals.push(
        ...(await this.addresses.objections(
          tx,
          networkId,
          own.map((one) => wishOf(one, batch, new Map(), '')),
        )),
      );
    return refusals;
  }
}

function inOrder(placed: readonly PlacedAddress[]): [string, PlacedAddress[]][] {
  return [...Map.groupBy(placed, (one) => one.networkId)].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function wishOf(
  { item, address }: PlacedAddress,
  batch: IntakeBatchRow,
  resources: ReadonlyMap<string, string>,
  actorName: string,
): SpecificWish {
  const machine = item.content.kind === 'MACHINE';
  const system = { type: 'System', id: item.systemId };
  return {
    text: address,
    path: ['items', String(item.position), machine ? 'addresses' : 'address'],
    subject: {
      ...(machine ? { type: 'Resource', id: resources.get(item.id) ?? null } : system),
      departmentId: item.departmentId,
      purpose: say(`${item.name}（${batch.code} 期初纳管）`, `${item.name} (taken in by ${batch.code})`).zh,
      actorName,
      taken: { usedSince: usageFrom(item.startedOn), sourcePlatform: item.sourcePlatform },
    },
    ...(machine ? { mayBeOf: system } : {}),
  };
}
