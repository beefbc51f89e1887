import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { FitRow } from '../quotas/domain/quota.js';
import { AddressIntake } from './address-intake.service.js';
import { IntakeRepository } from './intake.repository.js';
import { type IntakeBatchRow, ofKind } from './intake.types.js';
import { IntakeQuotas } from './intake-quotas.service.js';
import { MachineIntake } from './machine-intake.service.js';
import { OpenDepartments } from './open-departments.service.js';
import { ServerEntries } from './server-entries.service.js';
import { SpaceIntake } from './space-intake.service.js';

/** What approval would say of a batch as things are now; it asks the same questions, and takes nothing. */
@Injectable()
export class IntakePreview {
  constructor(
    private readonly repository: IntakeRepository,
    private readonly machines: MachineIntake,
    private readonly servers: ServerEntries,
    private readonly spaces: SpaceIntake,
    private readonly addresses: AddressIntake,
    private readonly quotas: IntakeQuotas,
    private readonly departments: OpenDepartments,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Every limited quota that the batch asks. */
  async quotaFit(batchId: string): Promise<readonly FitRow[]> {
    const items = await this.repository.itemsOf(batchId);
    return (await this.quotas.fit(items, await this.quotas.ownersOf(items, 'LOOKING'))).rows;
  }

  /** Everything else that approval would refuse, of all kinds together. */
  async objections(batch: IntakeBatchRow): Promise<readonly Refusal[]> {
    const items = await this.repository.itemsOf(batch.id);
    const machines = ofKind(items, 'MACHINE');
    const owners = await this.quotas.ownersOf(items, 'LOOKING');
    const prices = await this.machines.pricesOf(machines);
    const placed = await this.addresses.placed(ofKind(items, 'ADDRESS'), machines);
    return this.unitOfWork.run(async (tx) => [
      ...(await this.departments.objections(tx, items, 'SEEN')),
      ...(await this.machines.objections(tx, machines, owners, prices)),
      ...(await this.servers.objections(tx, ofKind(items, 'SERVER'))),
      ...(await this.spaces.objections(tx, ofKind(items, 'SPACE'))),
      ...(await this.addresses.objections(tx, batch, placed)),
    ]);
  }
}
