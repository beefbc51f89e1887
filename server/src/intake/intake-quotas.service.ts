import { Injectable } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { QuotaFit, QuotaSubject } from '../quotas/domain/quota.js';
import { QuotaTakings, type Taking } from '../quotas/quota-takings.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { asksOf, type PlaceTakes, quotaAmountsOf } from './domain/intake-quota.js';
import type { IntakeItemRow } from './intake.types.js';

/** Whose thing it becomes, with the levels of quotas on its way. */
export interface ItemOwner {
  readonly departmentCode: string;
  readonly systemCode: string;
  /** null = no project pays for the system today. */
  readonly projectId: string | null;
  readonly levels: readonly QuotaSubject[];
}
/** By system. */
export type ItemOwners = ReadonlyMap<string, ItemOwner>;

/** What a batch takes of quotas. What already runs is no reason to go beyond one: the limit is raised first, by whom it is due. */
@Injectable()
export class IntakeQuotas {
  constructor(
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly quotas: QuotasService,
    private readonly takings: QuotaTakings,
  ) {}

  /** Before the transaction: who belongs to whom hardly changes. `opening` makes sure that each level has its counters. */
  async ownersOf(items: readonly IntakeItemRow[], opening: 'OPENING' | 'LOOKING'): Promise<ItemOwners> {
    const ids = [...new Set(items.map((item) => item.systemId))];
    const systems = await this.systems.systems(ids);
    const projects = await this.systems.payingProjectsToday(ids);
    const departments = await this.departments.departments(systems.map((system) => system?.departmentId ?? ''));
    const owners = new Map<string, ItemOwner>();
    for (const [at, system] of systems.entries()) {
      const department = departments[at];
      if (!system || !department) continue;
      const project = projects[at]?.[0] ?? null;
      const way = { departmentId: system.departmentId, system, project };
      const levels = opening === 'OPENING' ? await this.quotas.readyLevelsOf(way) : await this.quotas.levelsOf(way);
      owners.set(system.id, {
        departmentCode: department.code,
        systemCode: system.code,
        projectId: project?.id ?? null,
        levels,
      });
    }
    return owners;
  }

  /** Every limited level that the batch asks, all its kinds and systems together. */
  fit(tx: Tx, items: readonly IntakeItemRow[], owners: ItemOwners, places: PlaceTakes): Promise<QuotaFit> {
    return this.quotas.fitEach(
      asksOf(items, (systemId) => owners.get(systemId)?.levels ?? [], places),
      tx,
    );
  }

  /** Writes down what servers and places in cabinets take, where they take anything; the caller moves it with its own counters. */
  async take(
    tx: Tx,
    taken: readonly { readonly item: IntakeItemRow; readonly subjectId: string }[],
    owners: ItemOwners,
    places: PlaceTakes,
  ): Promise<readonly Taking[]> {
    const takings = taken
      .map(({ item, subjectId }) => ({
        subjectId,
        quotaIds: (owners.get(item.systemId)?.levels ?? []).map((level) => level.id),
        amounts: quotaAmountsOf(item, places),
      }))
      .filter(({ amounts }) => Object.keys(amounts).length > 0);
    await this.takings.take(tx, takings);
    return takings;
  }
}
