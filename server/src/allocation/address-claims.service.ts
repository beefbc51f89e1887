import { Injectable } from '@nestjs/common';
import { HolderZones } from '../cabinets/holder-zones.service.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { MachineAddresses, type MachinesWish } from '../networks/machine-addresses.service.js';
import type { AddressSubject } from '../networks/networks.types.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { FreeServers } from '../servers/free-servers.service.js';
import { AllocationService } from './allocation.service.js';
import type { Claim } from './domain/claim.js';
import type { ShareName } from './domain/dr-shares.js';
import { ItemRecord } from './item-record.service.js';

export interface AddressesFor {
  readonly requestId: string;
  readonly requestCode: string;
  readonly departmentId: string;
  readonly actorName: string;
}

/** A line with what of it may answer on a network. */
export interface AddressedLine {
  readonly lineId: string;
  readonly name: string;
  /** Of machines; servers are in the zone of their cabinet. */
  readonly zone: string | null;
  readonly centerOf: (share: ShareName) => string | null;
  readonly path: InputPath;
}

/** Addresses of what a request holds: one of each family for a machine, and for a server that stands in a cabinet and has none. */
@Injectable()
export class AddressClaims {
  constructor(
    private readonly addresses: MachineAddresses,
    private readonly allocation: AllocationService,
    private readonly record: ItemRecord,
    private readonly servers: FreeServers,
    private readonly zones: HolderZones,
  ) {}

  /** After everything else was held: networks stay locked until the end. Refuses with the figures of the first that is short. */
  async hold(
    tx: Tx,
    asker: AddressesFor,
    lines: readonly AddressedLine[],
    claims: readonly Claim[],
  ): Promise<Result<number, readonly Refusal[]>> {
    const subject = (type: string, id: string, line: AddressedLine): AddressSubject => ({
      type,
      id,
      departmentId: asker.departmentId,
      purpose: `${asker.requestCode} ${line.name}`,
      actorName: asker.actorName,
    });
    const byLine = Map.groupBy(
      claims.filter((claim) => claim.standing !== 'DATA'),
      (claim) => claim.lineId,
    );
    const machines = lines.flatMap((line): MachinesWish[] => {
      const { zone } = line;
      const shares = Map.groupBy(byLine.get(line.lineId) ?? [], (claim) => claim.share);
      return zone === null
        ? []
        : [...shares].map(([share, own]) => ({
            ...{ centerId: line.centerOf(share) ?? '', zone, path: line.path, criterion: 'P21' },
            subjects: own.map((claim) => subject('Claim', claim.claimId, line)),
          }));
    });
    const standing = await this.standingServers(tx, asker.requestId);
    const servers = lines.flatMap((line): MachinesWish[] =>
      [...Map.groupBy(standing.get(line.lineId) ?? [], (one) => `${one.centerId} ${one.zone}`).values()].map((own) => ({
        ...{ centerId: own[0]?.centerId ?? '', zone: own[0]?.zone ?? '', path: line.path, criterion: 'B6' },
        subjects: own.map((one) => subject('Server', one.serverId, line)),
      })),
    );
    return this.addresses.hold(tx, asker.departmentId, [...machines, ...servers]);
  }

  /** What the request's machines and servers only hold is free again; before they themselves are given back. */
  async release(tx: Tx, requestId: string): Promise<void> {
    const held = await this.allocation.heldOf(requestId, tx);
    const servers = await this.heldServers(tx, requestId);
    await this.addresses.cancel(tx, [...held.map((claim) => claim.claimId), ...servers.map((one) => one.subjectId)]);
  }

  /** Claims that moved to another center answer there. */
  async moved(tx: Tx, asker: AddressesFor, line: AddressedLine, claims: readonly Claim[]) {
    await this.addresses.cancel(
      tx,
      claims.map((claim) => claim.claimId),
    );
    return this.hold(tx, asker, [line], claims);
  }

  /** HELD → ALLOCATED: what claims had is their machines' from now on. */
  async grant(
    tx: Tx,
    machines: readonly { readonly id: string; readonly claimId: string }[],
    serverIds: readonly string[],
  ): Promise<void> {
    await this.addresses.handOver(
      tx,
      machines.map(({ id, claimId }) => ({ from: claimId, to: id })),
    );
    await this.addresses.allocate(tx, serverIds);
  }

  private async heldServers(tx: Tx, requestId: string) {
    return (await this.record.of(requestId, ['HELD'], tx)).filter((item) => item.kind === 'SERVER');
  }

  /** By line: servers in cabinets that have no address yet. */
  private async standingServers(tx: Tx, requestId: string) {
    const held = await this.heldServers(tx, requestId);
    if (held.length === 0) return new Map<string, never[]>();
    const ids = held.map((item) => item.subjectId);
    const having = await this.addresses.having(ids, tx);
    const holders = await this.servers.holdersOf(ids, tx);
    const zones = await this.zones.of([...holders.values()], tx);
    const standing = held.flatMap(({ lineId, subjectId }) => {
      const zone = zones.get(holders.get(subjectId) ?? '');
      return zone && !having.has(subjectId) ? [{ lineId, serverId: subjectId, ...zone }] : [];
    });
    return Map.groupBy(standing, (one) => one.lineId);
  }
}
