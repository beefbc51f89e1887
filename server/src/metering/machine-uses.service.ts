import { Injectable } from '@nestjs/common';
import { ClaimRecord } from '../allocation/claim-record.service.js';
import { DeliveryDisputes } from '../documents/delivery-disputes.service.js';
import { AddressRecord } from '../networks/address-record.service.js';
import { type MeteredMachine, MeteredMachines } from '../resources/metered-machines.service.js';
import { quantitiesOfAddress } from './domain/address-meters.js';
import { quantitiesOfMachine } from './domain/meter-units.js';
import { countedSince, factsWith } from './domain/use-facts.js';
import { MeteringRepository } from './metering.repository.js';
import type { NamedUse, UsePage, UseSource } from './metering.types.js';

/** Machines, by their lifecycle record. */
@Injectable()
export class MachineUses implements UseSource {
  readonly name = 'MACHINE';

  constructor(
    private readonly machines: MeteredMachines,
    private readonly claims: ClaimRecord,
    private readonly disputes: DeliveryDisputes,
    private readonly addresses: AddressRecord,
    private readonly repository: MeteringRepository,
  ) {}

  async after(cursor: string, limit: number): Promise<UsePage> {
    const machines = await this.machines.after(cursor, limit);
    return { uses: await this.usesOf(machines), cursor: machines.at(-1)?.id ?? null };
  }

  factsSince = (since: Date, before: Date): Promise<number> => this.machines.factsSince(since, before);

  private async usesOf(machines: readonly MeteredMachine[]): Promise<NamedUse[]> {
    const since = (await this.repository.starts()).get('ADDRESS');
    const addresses = Map.groupBy(
      countedSince(await this.addresses.of(machines.map(({ id }) => id)), since),
      ({ subjectId }) => subjectId,
    );
    const shares = await this.claims.sharesOf(machines.map(({ claimId }) => claimId));
    const disputes = Map.groupBy(await this.disputes.of(machines.map(({ id }) => id)), ({ resourceId }) => resourceId);
    return machines.map((machine) => ({
      resourceId: machine.id,
      subjectId: machine.id,
      kind: 'MACHINE' as const,
      code: machine.code,
      name: machine.name,
      requestId: machine.requestId,
      owner: {
        departmentId: machine.departmentId,
        systemId: machine.systemId,
        projectId: machine.projectId === '' ? null : machine.projectId,
        centerId: machine.centerId,
        architecture: machine.architecture,
        share: shares.get(machine.claimId) ?? 'MAIN',
      },
      begins: machine.deliveredAt,
      ends: machine.endedAt,
      facts: factsWith(
        machine.facts.map(({ id, at, size }) => ({
          id,
          at,
          quantities: quantitiesOfMachine(size, machine.accelerators),
        })),
        (addresses.get(machine.id) ?? []).map((one) => ({ ...one, quantities: quantitiesOfAddress(one) })),
      ),
      disputed: disputes.get(machine.id) ?? [],
    }));
  }
}
