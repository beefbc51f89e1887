import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { say } from '../kernel/bilingual.js';
import type { AddressShortage, InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { AddressesRepository } from './addresses.repository.js';
import { AddressesService } from './addresses.service.js';
import { type AddressMeter, meterOfNetwork } from './domain/address-meter.js';
import { usableCount } from './domain/address-plan.js';
import { divideOver, machinesInAll, type NetworkRoom, scarcest, withoutParts } from './domain/address-room.js';
import { addressPlan } from './domain/network.js';
import { factsOf } from './network-words.js';
import { NetworksRepository } from './networks.repository.js';
import type { AddressSubject } from './networks.types.js';

/** Networks of one zone of one center, with what each has left. */
export interface ZoneRoom {
  readonly centerId: string;
  readonly zone: string;
  readonly networks: readonly NetworkRoom[];
}

/** Machines that stand in one zone of one center and get an address each. */
export interface MachinesWish {
  readonly centerId: string;
  readonly zone: string;
  readonly subjects: readonly AddressSubject[];
  /** What a refusal names. */
  readonly path: InputPath;
  readonly criterion: string;
}

/** Whose addresses count as free, and which networks are near. */
export interface AddressAsker {
  readonly departmentId: string | null;
  readonly ownSubjectIds?: readonly string[];
  readonly tx?: Tx;
}

/**
 * Addresses of machines that are asked for: looked at by preview, taken with the hold, given on with the grant. A zone in
 * which no network is kept has none: its machines get theirs from the cluster.
 */
@Injectable()
export class MachineAddresses {
  constructor(
    private readonly db: DataSource,
    private readonly networks: NetworksRepository,
    private readonly repository: AddressesRepository,
    private readonly addresses: AddressesService,
  ) {}

  /** Three statements, whatever is asked; one more for what the asker has himself. */
  async rooms({ departmentId, ownSubjectIds = [], tx }: AddressAsker): Promise<ZoneRoom[]> {
    const manager = tx?.manager ?? this.db.manager;
    const networks = await this.networks.all(manager);
    if (networks.length === 0) return [];
    const taken = await this.repository.takenByFamily(ownSubjectIds, tx?.now ?? new Date(), manager);
    const near = departmentId === null ? new Set<string>() : await this.repository.networksOf(departmentId, manager);
    const zones = Map.groupBy(networks, (network) => `${network.centerId} ${network.zone}`);
    return [...zones.values()].map((own) => {
      const [{ centerId, zone }] = own as [(typeof own)[number]];
      return {
        centerId,
        zone,
        networks: own.map(
          (network): NetworkRoom => ({
            networkId: network.id,
            code: network.code,
            isNear: near.has(network.id),
            families: factsOf(network).families.map((plan) => ({
              family: plan.prefix.family,
              free: usableCount(addressPlan(plan)) - BigInt(taken.get(`${network.id} ${plan.prefix.family}`) ?? 0),
            })),
          }),
        ),
      };
    });
  }

  /**
   * One address of each family for each of them, or the first wish that finds too few is refused with its figures. Networks are
   * locked in one order and until the end: last before budgets and counters.
   */
  async hold(
    tx: Tx,
    departmentId: string,
    wishes: readonly MachinesWish[],
  ): Promise<Result<number, readonly Refusal[]>> {
    if (wishes.every(({ subjects }) => subjects.length === 0)) return ok(0);
    const rooms = new Map(
      (await this.rooms({ departmentId, tx })).map((room) => [`${room.centerId} ${room.zone}`, room.networks]),
    );
    const planned = new Map<string, AddressSubject[]>();
    for (const { centerId, zone, subjects, path, criterion } of wishes) {
      const key = `${centerId} ${zone}`;
      const networks = rooms.get(key) ?? [];
      if (networks.length === 0) continue;
      const parts = divideOver(networks, subjects.length);
      if (parts === null)
        return refuse([{ ...addressShortage(networks, subjects.length), code: 'ADDRESS_SHORTAGE', path, criterion }]);
      rooms.set(key, withoutParts(networks, parts));
      let from = 0;
      for (const { networkId, count } of parts) {
        planned.set(networkId, [...(planned.get(networkId) ?? []), ...subjects.slice(from, from + count)]);
        from += count;
      }
    }
    // Seen free a moment ago: what others took since is in the figures of the next look.
    for (const [networkId, subjects] of [...planned].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      if (!(await this.addresses.claimNext(tx, networkId, subjects)))
        throw new WriteConflict('a network no longer has the addresses that were planned');
    return ok([...planned.values()].reduce((sum, subjects) => sum + subjects.length, 0));
  }

  /** What was only held for these is free again. */
  async cancel(tx: Tx, subjectIds: readonly string[]): Promise<void> {
    if (subjectIds.length > 0) await this.repository.cancelHeld(tx, subjectIds);
  }

  /** HELD → ALLOCATED, for those that have it already. */
  async allocate(tx: Tx, subjectIds: readonly string[]): Promise<void> {
    if (subjectIds.length > 0) await this.repository.allocateHeld(tx, subjectIds);
  }

  /** HELD → ALLOCATED, and from a claim to the machine that was made for it. */
  async handOver(tx: Tx, machines: readonly { readonly from: string; readonly to: string }[]): Promise<void> {
    await this.repository.handOver(tx, machines, 'Resource');
  }

  /** By which meters a machine in each zone of each center will have its addresses: of the network that gives the first ones. */
  async metersOf(): Promise<ReadonlyMap<string, readonly AddressMeter[]>> {
    const zones = Map.groupBy(await this.networks.all(), ({ centerId, zone }) => `${centerId} ${zone}`);
    return new Map(
      [...zones].flatMap(([key, own]) => {
        const [first] = own.toSorted((a, b) => (a.code < b.code ? -1 : 1));
        return first ? [[key, factsOf(first).families.map(({ prefix }) => meterOfNetwork(prefix))] as const] : [];
      }),
    );
  }

  /** Machines and servers whose addresses a department only holds: these count against what it may hold at once. */
  heldSubjectsOf(departmentId: string, tx?: Tx): Promise<string[]> {
    return this.repository.heldSubjectsOf(departmentId, tx?.manager);
  }

  /** How many machines could answer in these centers at all, each on one network. */
  async capacityOf(centerIds: ReadonlySet<string>): Promise<number> {
    const networks = (await this.networks.all()).filter(({ centerId }) => centerIds.has(centerId));
    return machinesInAll(
      networks.map((network) => ({
        ...{ networkId: network.id, code: network.code, isNear: false },
        families: factsOf(network).families.map((plan) => ({
          family: plan.prefix.family,
          free: BigInt(usableCount(addressPlan(plan))),
        })),
      })),
    );
  }

  /** Which of these have an address that does not rest. */
  having(subjectIds: readonly string[], tx?: Tx): Promise<Set<string>> {
    return this.repository.havingAddress(subjectIds, tx?.manager);
  }
}

/** Of the network that comes nearest, and what all of them have. */
export function addressShortage(
  networks: readonly NetworkRoom[],
  requested: number,
): Omit<AddressShortage, 'code' | 'path'> {
  const free = machinesInAll(networks);
  const [widest] = networks.toSorted(
    (a, b) => Number(scarcest(b).free - scarcest(a).free) || (a.code < b.code ? -1 : 1),
  );
  if (!widest) throw new Error('a zone without networks is short of nothing');
  const { family } = scarcest(widest);
  const name = family === 'IPV4' ? 'IPv4' : 'IPv6';
  const codes = networks.map(({ code }) => code);
  return {
    network: widest.code,
    family,
    requested,
    free,
    short: requested - free,
    message: say(
      `${name} 地址不足：需要 ${requested} 个，${codes.join('、')} 余 ${free} 个`,
      `${requested} ${name} addresses are asked, ${codes.join(', ')} has ${free}`,
    ),
  };
}
