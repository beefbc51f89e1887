import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../kernel/viewer.js';
import { withinScope } from '../platform/database/listing.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { GovernmentSystem, PaymentLink, Project } from './domain/system.js';
import type { VendorBinding } from './domain/vendor-binding.js';
import { ProjectEntity, SystemEntity, SystemProjectEntity, VendorBindingEntity } from './systems.entity.js';
import { toBinding } from './systems.repository.js';

type Tables = typeof SystemEntity | typeof ProjectEntity | typeof SystemProjectEntity | typeof VendorBindingEntity;

/** Writes of systems, projects, their periods and bindings; every one within an open transaction. */
@Injectable()
export class SystemWrites {
  async insert(
    tx: Tx,
    rows: {
      readonly systems?: readonly GovernmentSystem[];
      readonly projects?: readonly Project[];
      readonly links?: readonly PaymentLink[];
      readonly bindings?: readonly VendorBinding[];
    },
  ): Promise<void> {
    const into = async (entity: Tables, values: object[]) => {
      if (values.length > 0)
        await tx.manager.createQueryBuilder().insert().into(entity).values(values).updateEntity(false).execute();
    };
    await into(SystemEntity, [...(rows.systems ?? [])]);
    await into(ProjectEntity, [...(rows.projects ?? [])]);
    await into(
      SystemProjectEntity,
      (rows.links ?? []).map(({ systemId, projectId, from, to }) => ({
        systemId,
        projectId,
        fromDate: from,
        toDate: to,
      })),
    );
    await into(
      VendorBindingEntity,
      (rows.bindings ?? []).map(({ until, ...binding }) => ({ ...binding, untilDate: until, boundAt: tx.now })),
    );
  }

  /** The row, locked until commit; null = not there or not in the scope. */
  lockedSystem(tx: Tx, scope: TenantScope, id: string): Promise<GovernmentSystem | null> {
    return withinScope(tx.manager.createQueryBuilder(SystemEntity, 'system'), 'system.departmentId', scope)
      .andWhere('system.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  lockedProject(tx: Tx, scope: TenantScope, id: string): Promise<Project | null> {
    return withinScope(tx.manager.createQueryBuilder(ProjectEntity, 'project'), 'project.departmentId', scope)
      .andWhere('project.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  async updateSystem(tx: Tx, id: string, values: Partial<GovernmentSystem>): Promise<void> {
    await tx.manager.update(SystemEntity, { id }, values as Partial<SystemEntity>);
  }

  async updateProject(tx: Tx, id: string, values: Partial<Project>): Promise<void> {
    await tx.manager.update(ProjectEntity, { id }, values as Partial<ProjectEntity>);
  }

  async endLink(tx: Tx, link: PaymentLink, to: string): Promise<void> {
    await tx.manager.update(
      SystemProjectEntity,
      { systemId: link.systemId, projectId: link.projectId, fromDate: link.from },
      { toDate: to },
    );
  }

  async removeLink(tx: Tx, link: PaymentLink): Promise<void> {
    await tx.manager.delete(SystemProjectEntity, {
      systemId: link.systemId,
      projectId: link.projectId,
      fromDate: link.from,
    });
  }

  /** A binding that no person has ended yet; null = there is none of this id. */
  async openBinding(tx: Tx, id: string): Promise<VendorBinding | null> {
    const row = await tx.manager
      .createQueryBuilder(VendorBindingEntity, 'binding')
      .where('binding.id = :id and binding.unboundAt is null', { id })
      .getOne();
    return row && toBinding(row);
  }

  async unbind(tx: Tx, id: string): Promise<void> {
    await tx.manager.update(VendorBindingEntity, { id }, { unboundAt: tx.now });
  }

  /** Gives every system of one person to another. The number of systems. */
  async changeOwner(tx: Tx, fromUserId: string, toUserId: string | null): Promise<number> {
    const result = await tx.manager
      .createQueryBuilder()
      .update(SystemEntity)
      .set({ ownerUserId: toUserId, version: () => 'version + 1' })
      .where('owner_user_id = :fromUserId', { fromUserId })
      .execute();
    return result.affected ?? 0;
  }
}
