import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { AddressHolders, type HolderKey } from './address-holders.service.js';
import { invalid } from './address-refusals.js';
import { AddressesRepository } from './addresses.repository.js';
import { AddressesService } from './addresses.service.js';
import { factsOf } from './network-words.js';
import { NetworksRepository } from './networks.repository.js';
import { changedSince, unknownNetwork } from './networks.service.js';

type Outcome<T> = Result<T, readonly Refusal[]>;

const PURPOSE_LENGTH_MAX = 200;

/** What a person asks for by hand, with the reason why. */
export interface ManualClaimWish {
  readonly networkId: string | undefined;
  /** null = the next free ones, one of each family that the network has. */
  readonly address: string | null;
  /** What it is for; undefined = an id that is none of a system, server or resource. null = nothing with a record. */
  readonly holder: HolderKey | null | undefined;
  /** Whose it is where no holder says so. */
  readonly departmentId: string | null | undefined;
  readonly purpose: string;
  readonly idempotencyKey: string;
}

/** Addresses that people take and give back, each with its audit row. */
@Injectable()
export class AddressesByHandService {
  constructor(
    private readonly repository: AddressesRepository,
    private readonly networks: NetworksRepository,
    private readonly addresses: AddressesService,
    private readonly holders: AddressHolders,
    private readonly departments: DepartmentsService,
    private readonly acts: Acts,
  ) {}

  /** A person takes an address by hand, for a system, a server or a machine, or for what has no record of its own. */
  async claim(viewer: Viewer, wish: ManualClaimWish): Promise<Outcome<{ id: string; claimIds: string[] }>> {
    const holder = wish.holder ? await this.holders.holder(wish.holder) : null;
    return this.acts.perform(
      { name: 'address.claim', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const purpose = wish.purpose.trim();
        if (purpose === '' || purpose.length > PURPOSE_LENGTH_MAX)
          return refuse([
            invalid(
              'purpose',
              'length',
              say(
                `请说明用途，最多 ${PURPOSE_LENGTH_MAX} 字`,
                `Say what it is for in at most ${PURPOSE_LENGTH_MAX} characters`,
              ),
            ),
          ]);
        const [network] = wish.networkId === undefined ? [] : await this.networks.byIds([wish.networkId], tx.manager);
        if (!network) return refuse([unknownNetwork(['networkId'])]);
        if (wish.holder === undefined) return refuse([unknownHolder()]);
        // It may have ended, or have come to another department, since it was looked up.
        const kept = holder && (await this.holders.kept(tx, holder));
        if (wish.holder && (!kept || kept.over)) return refuse([unknownHolder()]);
        const departmentId = kept ? kept.departmentId : wish.departmentId;
        if (departmentId === undefined || (departmentId && !(await this.departments.lockOpen(tx, departmentId))))
          return refuse([unknownDepartment()]);
        const subject = {
          type: holder?.kind ?? 'Manual',
          id: holder?.id ?? newId(tx.now.getTime()),
          departmentId,
          purpose,
          actorName: viewer.name,
        };
        const families = factsOf(network).families.map((plan) => plan.prefix.family);
        const claimed =
          wish.address === null
            ? await this.addresses.claim(tx, network.id, { families, count: 1 }, subject, 'ALLOCATED')
            : await this.addresses.claimSpecific(tx, network.id, [wish.address], subject, 'ALLOCATED');
        if (!claimed.ok) return claimed;
        const addresses = claimed.value.map((claim) => claim.address);
        return ok({
          value: { id: network.id, claimIds: claimed.value.map((claim) => claim.id) },
          audit: {
            objectType: 'Network',
            objectId: network.id,
            departmentId,
            summary: say(
              `${network.code} 分配地址 ${addresses.join('、')}`,
              `${network.code}: claimed ${addresses.join(', ')}`,
            ),
            after: { addresses, purpose, holder: holder && { kind: holder.kind, id: holder.id, code: holder.code } },
          },
        });
      },
    );
  }

  async release(
    viewer: Viewer,
    wish: { readonly id: string | undefined; readonly expectedVersion: number; readonly idempotencyKey: string },
  ): Promise<Outcome<{ id: string }>> {
    return this.acts.perform(
      { name: 'address.release', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const [claim] = wish.id === undefined ? [] : await this.repository.locked(tx, [wish.id]);
        if (!claim) return refuse([unknownAddress()]);
        if (claim.version !== wish.expectedVersion) return refuse([changedSince(wish.expectedVersion, claim.version)]);
        if (!(await this.addresses.giveBack(tx, claim)))
          return refuse([
            {
              code: 'ILLEGAL_TRANSITION',
              path: [],
              state: claim.state,
              action: 'RELEASE',
              message: say('这个地址已在隔离期或已释放', 'The address rests already, or has been released'),
            },
          ]);
        return ok({
          value: { id: claim.networkId },
          audit: {
            objectType: 'Network',
            objectId: claim.networkId,
            departmentId: claim.departmentId,
            summary: say(`释放地址 ${claim.address}`, `Released address ${claim.address}`),
            before: { state: claim.state, purpose: claim.purpose },
          },
        });
      },
    );
  }
}

function unknownHolder(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['holderId'],
    message: say(
      '找不到这个系统、服务器或资源，或它已结束使用',
      'There is no such system, server or resource, or its use has ended',
    ),
  };
}

function unknownDepartment(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['departmentId'],
    message: say('找不到这个单位，或它已停用', 'There is no such department, or it is closed'),
  };
}

function unknownAddress(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这个地址', 'There is no such address'),
  };
}
