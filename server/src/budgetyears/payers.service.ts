import { Injectable } from '@nestjs/common';
import { BudgetsService } from '../budgets/budgets.service.js';
import { CentralPayers } from '../budgets/central-payers.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { type Payer, payerOf } from './domain/payer.js';

/** Which budget item of a year pays for what projects use. */
@Injectable()
export class Payers {
  constructor(
    private readonly budgets: BudgetsService,
    private readonly central: CentralPayers,
    private readonly systems: SystemsService,
  ) {}

  /** Three statements whatever the number of projects. */
  async of(projectIds: readonly (string | null)[], year: number): Promise<(projectId: string | null) => Payer> {
    const ids = [...new Set(projectIds.flatMap((id) => id ?? []))];
    const projects = (await this.systems.projects(ids)).flatMap((project) => project ?? []);
    const [items, central] = await Promise.all([this.budgets.itemsFor(projects, year), this.central.itemOf(year)]);
    const byId = new Map(projects.map((project) => [project.id, project]));
    return (projectId) =>
      payerOf(projectId === null ? null : (byId.get(projectId) ?? null), items.get(projectId ?? ''), central);
  }
}
