import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DepartmentsService } from '../departments/departments.service.js';
import { modeIn, turnsIn } from '../systems/domain/funding-periods.js';
import { paysBeyondQuota } from '../systems/domain/system.js';
import { ProjectFunding } from '../systems/project-funding.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { BudgetsService } from './budgets.service.js';
import { CentralPayers } from './central-payers.service.js';
import { centralHolder } from './domain/central.js';
import { type Payer, payerOf } from './domain/payer.js';

/** Who pays for what projects use in one year. */
export interface YearPayers {
  /**
   * `month` ("2026-11"): who pays may have changed within the year. `isBeyond`: of uses that draw no quota, because their
   * department pays for them (定额内统付超出自付).
   */
  readonly of: (projectId: string | null, month: string, isBeyond: boolean) => Payer;
  /** The months of the year from which on another mode holds for the project. */
  readonly turnsOf: (projectId: string | null) => readonly string[];
  /** Whether its mode of today is 定额内统付超出自付. */
  readonly paysBeyond: (projectId: string | null) => boolean;
}

/** Which budget item of a year pays for what projects use. */
@Injectable()
export class Payers {
  constructor(
    private readonly db: DataSource,
    private readonly budgets: BudgetsService,
    private readonly central: CentralPayers,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly funding: ProjectFunding,
  ) {}

  /** Five statements whatever the number of projects. */
  async of(projectIds: readonly (string | null)[], year: number): Promise<YearPayers> {
    const ids = [...new Set(projectIds.flatMap((id) => id ?? []))];
    const projects = (await this.systems.projects(ids)).flatMap((project) => project ?? []);
    const [items, everNamed, cityOf, periods] = await Promise.all([
      this.budgets.itemsFor(projects, year),
      this.central.named([year]),
      this.departments.citiesOf(this.db),
      this.funding.periodsOf(ids),
    ]);
    const byId = new Map(projects.map((project) => [project.id, project]));
    return {
      turnsOf: (projectId) => turnsIn(year, periods.get(projectId ?? '') ?? []),
      paysBeyond: (projectId) => {
        const project = byId.get(projectId ?? '');
        return project !== undefined && paysBeyondQuota(project.fundingMode);
      },
      of: (projectId, month, isBeyond) => {
        const project = projectId === null ? null : (byId.get(projectId) ?? null);
        const holder = project && centralHolder(project, cityOf.get(project.departmentId) ?? null);
        const central = everNamed.filter((one) => one.holder === holder);
        const named = {
          inForce: central.find(({ inForce }) => inForce)?.budgetId ?? null,
          before: central.flatMap(({ inForce, budgetId }) => (inForce ? [] : [budgetId])),
        };
        const fundingMode = project && modeIn(month, project.fundingMode, periods.get(project.id) ?? []);
        return payerOf(fundingMode && { fundingMode }, items.get(projectId ?? ''), named, isBeyond);
      },
    };
  }
}
