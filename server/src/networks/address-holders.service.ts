import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ServersService } from '../servers/servers.service.js';
import { SystemsService } from '../systems/systems.service.js';
import {
  ADDRESS_HOLDER_KINDS,
  type AddressHolder,
  type AddressHolderKind,
  type KeptHolder,
} from './domain/address-holder.js';
import { RESOURCES_AS_HOLDERS, type ResourcesAsHolders } from './resources-as-holders.types.js';

/** What has an address, by kind and id. */
export interface HolderKey {
  readonly kind: AddressHolderKind;
  readonly id: string;
}

/** Who the holders of addresses are, whichever feature they belong to. */
@Injectable()
export class AddressHolders {
  constructor(
    private readonly systems: SystemsService,
    private readonly servers: ServersService,
    @Inject(RESOURCES_AS_HOLDERS) private readonly resources: ResourcesAsHolders,
  ) {}

  async holder(key: HolderKey): Promise<AddressHolder | null> {
    const [holder] = await this.readers[key.kind]([key.id]);
    return holder ?? null;
  }

  /** As it is now; neither its life nor whose it is changes until the transaction ends. Before any department or network is locked. */
  kept(tx: Tx, { kind, id }: HolderKey): Promise<KeptHolder | null> {
    return this.keepers[kind](tx, id);
  }

  /** Batch for loaders, by "kind id": a statement or two a kind. Unscoped: reached from a claim that the viewer may see. */
  holders = async (keys: readonly string[]): Promise<(AddressHolder | null)[]> => {
    const found = new Map<string, AddressHolder>();
    await Promise.all(
      ADDRESS_HOLDER_KINDS.map(async (kind) => {
        const prefix = `${kind} `;
        const ids = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
        if (ids.length === 0) return;
        for (const holder of await this.readers[kind](ids)) if (holder) found.set(`${prefix}${holder.id}`, holder);
      }),
    );
    return keys.map((key) => found.get(key) ?? null);
  };

  private readonly keepers: {
    readonly [K in AddressHolderKind]: (tx: Tx, id: string) => Promise<KeptHolder | null>;
  } = {
    System: async (tx, id) => {
      const system = await this.systems.kept(tx, id);
      return system && { departmentId: system.departmentId, over: false };
    },
    Server: (tx, id) => this.servers.kept(tx, id),
    Resource: (tx, id) => this.resources.kept(tx, id),
  };

  private readonly readers: {
    readonly [K in AddressHolderKind]: (ids: readonly string[]) => Promise<(AddressHolder | null)[]>;
  } = {
    System: async (ids) =>
      (await this.systems.systems(ids)).map(
        (system) =>
          system && {
            kind: 'System',
            id: system.id,
            code: system.code,
            name: system.name,
            departmentId: system.departmentId,
            over: false,
          },
      ),
    Server: async (ids) =>
      (await this.servers.servers(ids)).map(
        (server) =>
          server && {
            kind: 'Server',
            id: server.id,
            code: server.assetNumber,
            name: server.assetNumber,
            departmentId: server.departmentId,
            over: server.state === 'RETIRED',
          },
      ),
    Resource: (ids) => this.resources.holdersOf(ids),
  };
}
