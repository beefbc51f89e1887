import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DepartmentsService } from '../departments/departments.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { BudgetsService } from './budgets.service.js';
import { CentralPayers } from './central-payers.service.js';
import { centralHolder } from './domain/central.js';
import { type Payer, payerOf } from './domain/payer.js';

/** Which budget item of a year pays for what projects use. */
@Injectable()
export class Payers {
  constructor(
    private readonly db: DataSource,
    private readonly budgets: BudgetsService,
    private readonly central: CentralPayers,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
  ) {}

  /** Four statements whatever the number of projects. */
  async of(projectIds: readonly (string | null)[], year: number): Promise<(projectId: string | null) => Payer> {
    const ids = [...new Set(projectIds.flatMap((id) => id ?? []))];
    const projects = (await this.systems.projects(ids)).flatMap((project) => project ?? []);
    const [items, named, cityOf] = await Promise.all([
      this.budgets.itemsFor(projects, year),
      this.central.named([year]),
      this.departments.citiesOf(this.db),
    ]);
    const byId = new Map(projects.map((project) => [project.id, project]));
    return (projectId) => {
      const project = projectId === null ? null : (byId.get(projectId) ?? null);
      const holder = project && centralHolder(project, cityOf.get(project.departmentId) ?? null);
      const central = named.filter((one) => one.holder === holder);
      return payerOf(project, items.get(projectId ?? ''), {
        inForce: central.find(({ inForce }) => inForce)?.budgetId ?? null,
        before: central.flatMap(({ inForce, budgetId }) => (inForce ? [] : [budgetId])),
      });
    };
  }
}
