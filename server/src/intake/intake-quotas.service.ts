import { Injectable } from '@nestjs/common';
import { PlaceTakings } from '../cabinets/place-takings.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { QuotaFit, QuotaSubject, SomeAmounts } from '../quotas/domain/quota.js';
import { QuotaTakings, type Taking } from '../quotas/quota-takings.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { asksOf, quotaAmountsOf } from './domain/intake-quota.js';
import { type IntakeItemRow, ofKind } from './intake.types.js';
import { placeWishOf } from './place-wish.js';

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
    private readonly places: PlaceTakings,
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
  async fit(items: readonly IntakeItemRow[], owners: ItemOwners, tx?: Tx): Promise<QuotaFit> {
    const spaces = ofKind(items, 'SPACE');
    const takes = await this.places.of(spaces.map(placeWishOf), tx);
    const ofPlaces = new Map(spaces.map((item, at) => [item.id, takes[at]]));
    const asked = items.map(({ id, systemId, content }) => ({
      systemId,
      amounts: content.kind === 'SPACE' ? (ofPlaces.get(id) ?? {}) : quotaAmountsOf(content),
    }));
    return this.quotas.fitEach(
      asksOf(asked, (systemId) => owners.get(systemId)?.levels ?? []),
      tx,
    );
  }

  /** Writes down what servers and places in cabinets take; the caller moves it with its own counters. */
  async take(
    tx: Tx,
    taken: readonly { readonly item: IntakeItemRow; readonly subjectId: string; readonly amounts: SomeAmounts }[],
    owners: ItemOwners,
  ): Promise<readonly Taking[]> {
    const takings = taken.map(({ item, subjectId, amounts }) => ({
      subjectId,
      quotaIds: (owners.get(item.systemId)?.levels ?? []).map((level) => level.id),
      amounts,
    }));
    await this.takings.take(tx, takings);
    return takings;
  }
}
