import { Injectable } from '@nestjs/common';
import { BudgetsService } from '../budgets/budgets.service.js';
import type { Budget } from '../budgets/domain/budget.js';
import { CostSums } from '../costs/cost-sums.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import type { CalendarDate } from '../kernel/calendar.js';
import type { Fen } from '../kernel/money.js';
import { SystemSites } from '../resources/system-sites.service.js';
import { type GovernmentSystem, overlaps, type Project } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { UtilisationService } from '../utilisation/utilisation.service.js';
import type { UseSum } from '../utilisation/utilisation.types.js';
import { AvailabilityReadings } from './availability.service.js';
import { type EvaluationContent, evaluated } from './domain/evaluation.js';
import { type AvailabilityReading, type CostFacts, evidenceOf, type SubjectFacts } from './domain/evidence.js';
import { daysBetween, daysOfYear, type Period } from './domain/period.js';
import type { PerformanceEditionRow } from './performance.types.js';

type Machine = Awaited<ReturnType<SystemSites['machinesInUse']>>[number];

/** Systems whose records are read together: some thousand machines, and statements of some hundred kilobytes. */
const SYSTEMS_PER_READING = 200;

/** What the records say of systems in a period; read once, then asked for each subject. */
interface Gathered {
  readonly systems: readonly GovernmentSystem[];
  readonly machines: ReadonlyMap<string, readonly Machine[]>;
  readonly uses: ReadonlyMap<string, UseSum>;
  readonly readings: ReadonlyMap<string, readonly AvailabilityReading[]>;
  readonly projects: ReadonlyMap<string, readonly Project[]>;
  readonly items: ReadonlyMap<string, Budget>;
  readonly costs: ReadonlyMap<string, Fen>;
  readonly draftedMonths: readonly string[];
}

/** Reads what an evaluation is made of, from whoever keeps it. Nothing is written; callers have been let see all of it. */
@Injectable()
export class EvidenceGathering {
  constructor(
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly sites: SystemSites,
    private readonly utilisation: UtilisationService,
    private readonly readings: AvailabilityReadings,
    private readonly costs: CostSums,
    private readonly budgets: BudgetsService,
  ) {}

  /** Every system that has machines or had cost in the period, and every department of one. Systems first, each by its code. */
  async contents(period: Period, edition: PerformanceEditionRow, asOf: CalendarDate): Promise<EvaluationContent[]> {
    const [first, last] = [period.months[0] ?? '', period.months.at(-1) ?? ''];
    const [running, charged] = await Promise.all([this.sites.systemsInUse(), this.costs.used('SYSTEM', first, last)]);
    const ids = [...new Set([...running, ...charged.keys()])];
    const gathered = await this.gather(ids, period);
    const byDepartment = Map.groupBy(gathered.systems, ({ departmentId }) => departmentId);
    const departments = (await this.departments.departments([...byDepartment.keys()])).flatMap((one) => one ?? []);
    const names = new Map(departments.map((one) => [one.id, one]));
    const make = (
      kind: 'SYSTEM' | 'DEPARTMENT',
      own: { id: string; code: string; name: string; departmentId: string },
      systems: readonly GovernmentSystem[],
    ) => {
      const facts = factsOf(gathered, systems, period);
      return evaluated({
        subject: {
          ...{ kind, id: own.id, code: own.code, name: own.name, departmentId: own.departmentId },
          departmentName: names.get(own.departmentId)?.name ?? '',
          ...{ systems: systems.length, machines: facts.machines },
        },
        period: { key: period.key, from: period.from, to: period.to },
        asOf,
        editionNumber: edition.number ?? 0,
        rule: edition.content,
        evidence: evidenceOf(edition.content, facts, asOf),
      });
    };
    const byCode = <T extends { readonly code: string }>(rows: readonly T[]) =>
      rows.toSorted((a, b) => (a.code < b.code ? -1 : 1));
    return [
      ...byCode(gathered.systems).map((system) => make('SYSTEM', system, [system])),
      ...byCode(departments).map((one) =>
        make(
          'DEPARTMENT',
          { id: one.id, code: one.code, name: one.name, departmentId: one.id },
          byDepartment.get(one.id) ?? [],
        ),
      ),
    ];
  }

  /** The evidence of one system over any days, by the rule; as the self-evaluation pack has it. */
  async evidenceOfSystem(systemId: string, period: Period, edition: PerformanceEditionRow, asOf: CalendarDate) {
    const gathered = await this.gather([systemId], period);
    return evidenceOf(edition.content, factsOf(gathered, gathered.systems, period), asOf);
  }

  private async gather(systemIds: readonly string[], period: Period): Promise<Gathered> {
    const parts: Omit<Gathered, 'costs' | 'items' | 'draftedMonths'>[] = [];
    for (let at = 0; at < systemIds.length; at += SYSTEMS_PER_READING)
      parts.push(await this.read(systemIds.slice(at, at + SYSTEMS_PER_READING), period));
    const [first, last] = [period.months[0] ?? '', period.months.at(-1) ?? ''];
    const together = <K extends 'machines' | 'uses' | 'readings' | 'projects'>(of: K) =>
      new Map(parts.flatMap((part) => [...part[of]] as [string, never][])) as unknown as Gathered[K];
    const projects = together('projects');
    const distinct = new Map([...projects.values()].flat().map((project) => [project.id, project]));
    const [costs, draftedMonths, items] = await Promise.all([
      this.costs.used('PROJECT', first, last),
      this.costs.draftedMonths(first, last),
      this.budgets.itemsFor([...distinct.values()], Number(period.from.slice(0, 4))),
    ]);
    return {
      systems: parts.flatMap((part) => part.systems),
      ...{ machines: together('machines'), uses: together('uses'), readings: together('readings'), projects },
      items: new Map([...items].flatMap(([id, item]) => (item.ok ? [[id, item.value] as const] : []))),
      ...{ costs, draftedMonths },
    };
  }

  private async read(
    ids: readonly string[],
    period: Period,
  ): Promise<Omit<Gathered, 'costs' | 'items' | 'draftedMonths'>> {
    const [found, machines, periods, readings] = await Promise.all([
      this.systems.systems(ids),
      this.sites.machinesInUse(ids),
      this.systems.periodsOfSystems(ids),
      this.readings.of(ids, period.months[0] ?? '', period.months.at(-1) ?? ''),
    ]);
    const uses = await this.utilisation.sums(
      machines.map(({ id }) => id),
      period.from,
      period.to,
    );
    const links = periods.flat().filter((link) => overlaps(link, period));
    const projects = new Map(
      (await this.systems.projects([...new Set(links.map(({ projectId }) => projectId))])).flatMap((one) =>
        one ? [[one.id, one]] : [],
      ),
    );
    const bySystem = Map.groupBy(links, ({ systemId }) => systemId);
    return {
      systems: found.flatMap((one) => one ?? []),
      machines: Map.groupBy(machines, ({ systemId }) => systemId),
      uses: new Map(uses.map((use) => [use.resourceId, use])),
      readings: Map.groupBy(readings, ({ systemId }) => systemId),
      projects: new Map(
        ids.map((id) => [id, (bySystem.get(id) ?? []).flatMap(({ projectId }) => projects.get(projectId) ?? [])]),
      ),
    };
  }
}

function factsOf(gathered: Gathered, systems: readonly GovernmentSystem[], period: Period): SubjectFacts {
  const machines = systems.flatMap(({ id }) => gathered.machines.get(id) ?? []);
  return {
    systems,
    machines: machines.length,
    uses: machines.flatMap(({ id }) => gathered.uses.get(id) ?? []),
    readings: systems.flatMap(({ id }) => gathered.readings.get(id) ?? []),
    months: period.months.length,
    cost: costOf(gathered, systems, period),
  };
}

/**
 * An item pays for a project, and a project for several systems: what is compared is the whole of the projects that pay for
 * these systems and have an item, with the part of these items that is of these days.
 */
function costOf(gathered: Gathered, systems: readonly GovernmentSystem[], period: Period): CostFacts {
  const projects = new Map(systems.flatMap(({ id }) => gathered.projects.get(id) ?? []).map((one) => [one.id, one]));
  const budgeted = [...projects.keys()].flatMap((id) => {
    const item = gathered.items.get(id);
    return item ? [{ id, item }] : [];
  });
  const items = new Map(budgeted.map(({ item }) => [item.id, item]));
  const [days, year] = [BigInt(daysBetween(period.from, period.to)), BigInt(daysOfYear(period.from))];
  const amount = [...items.values()].reduce((sum, item) => sum + item.amount, 0n);
  return {
    cost: budgeted.reduce((sum, { id }) => sum + (gathered.costs.get(id) ?? 0n), 0n),
    target: items.size === 0 ? null : (amount * days) / year,
    budgets: [...items.values()]
      .map(({ name }) => name)
      .toSorted()
      .slice(0, BUDGETS_NAMED_MAX),
    draftedMonths: gathered.draftedMonths,
  };
}

/** What one person reads; of a big department the list of budgets says the rest. */
const BUDGETS_NAMED_MAX = 6;
