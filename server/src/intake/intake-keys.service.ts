import { Injectable } from '@nestjs/common';
import { HolderDescriptions } from '../cabinets/holder-descriptions.service.js';
import type { Spot } from '../cabinets/space.types.js';
import { AddressesService } from '../networks/addresses.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ServerUse } from '../servers/domain/server-state.js';
import { ServersService } from '../servers/servers.service.js';
import { type IntakeItemDraft, itemKey } from './domain/intake-item.js';
import { IntakeRepository } from './intake.repository.js';
import { type IntakeItemRow, type ItemOf, ofKind } from './intake.types.js';

/**
 * Which things an intake speaks of already. A thing is taken in once, until it has left the books again; what is known by
 * its place in a cabinet, until it has left that place.
 */
@Injectable()
export class IntakeKeys {
  constructor(
    private readonly repository: IntakeRepository,
    private readonly resources: ResourcesService,
    private readonly servers: ServersService,
    private readonly holders: HolderDescriptions,
    private readonly addresses: AddressesService,
  ) {}

  /** `live`: entries that wait, or are in the books, by key; `ended`: ids of those whose thing was released, given back or moved. */
  async of(
    drafts: readonly IntakeItemDraft[],
    tx?: Tx,
  ): Promise<{ live: Map<string, IntakeItemRow>; ended: readonly string[] }> {
    const found = await this.repository.byKeys(drafts.map(itemKey), tx?.manager);
    const ended = await this.endedAmong([...found.values()], tx);
    return {
      live: new Map([...found].filter(([, item]) => !ended.has(item.id))),
      ended: [...ended],
    };
  }

  private async endedAmong(items: readonly IntakeItemRow[], tx: Tx | undefined): Promise<Set<string>> {
    const booked = items.filter((item) => item.becameId !== null);
    const ids = (of: readonly IntakeItemRow[]) => of.map((item) => item.becameId as string);
    const [machines, servers, spaces, addresses] = [
      ofKind(booked, 'MACHINE'),
      ofKind(booked, 'SERVER'),
      ofKind(booked, 'SPACE'),
      ofKind(booked, 'ADDRESS'),
    ];
    // One after the other: inside a transaction there is one connection.
    const released = new Set([
      ...(machines.length > 0 ? await this.resources.releasedAmong(ids(machines), tx) : []),
      ...(addresses.length > 0 ? await this.addresses.releasedAmong(ids(addresses), tx) : []),
    ]);
    const uses = servers.length > 0 ? await this.servers.usesOf(ids(servers), tx) : new Map<string, ServerUse>();
    const spots = spaces.length > 0 ? await this.holders.spotsOf(ids(spaces), tx) : new Map<string, Spot>();
    return new Set([
      ...spaces.filter((item) => !standsThere(item, spots.get(item.becameId as string))).map((item) => item.id),
      ...booked.filter((item) => released.has(item.becameId as string)).map((item) => item.id),
      ...servers.filter((item) => uses.get(item.becameId as string)?.systemId !== item.systemId).map((item) => item.id),
    ]);
  }
}

/** Where it was taken in. Moved away it is known by another place, and something else may stand in its old one. */
function standsThere(item: ItemOf<'SPACE'>, spot: Spot | undefined): boolean {
  return spot !== undefined && itemKey({ ...item, content: { ...item.content, ...spot } }) === itemKey(item);
}
