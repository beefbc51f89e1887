import type { NamedClosedLine } from '../accounting/closed-lines.service.js';
import { type Book, PROVINCE_BOOK } from '../accounting/domain/closing.js';
import type { DepartmentsService } from '../departments/departments.service.js';
import type { FacilitiesService } from '../facilities/facilities.service.js';
import type { PricingService } from '../pricing/pricing.service.js';
import type { SystemsService } from '../systems/systems.service.js';
import type { FocusNames } from './domain/focus-row.js';

export interface NameSources {
  readonly departments: DepartmentsService;
  readonly systems: SystemsService;
  readonly facilities: FacilitiesService;
  readonly pricing: PricingService;
}

/** What a file has asked already: departments, systems, projects, centers and meters are thousands, lines are not. */
export class FocusNaming {
  private readonly known = new Map<string, unknown>();

  constructor(private readonly sources: NameSources) {}

  /** At most six statements a page, and none once its names are known. */
  async learn(lines: readonly NamedClosedLine[], books: readonly Book[]): Promise<void> {
    const { departments, facilities, pricing, systems } = this.sources;
    const cities = books.filter((book) => book !== PROVINCE_BOOK);
    await this.ask(
      'department',
      [...lines.map(({ departmentId }) => departmentId), ...cities],
      departments.departments,
    );
    await this.ask(
      'system',
      lines.map(({ systemId }) => systemId),
      systems.systems,
    );
    await this.ask(
      'project',
      lines.map(({ projectId }) => projectId),
      systems.projects,
    );
    await this.ask(
      'center',
      lines.map(({ centerId }) => centerId),
      facilities.centersByIds,
    );
    await this.ask(
      'meter',
      lines.map(({ meter }) => meter),
      pricing.meterWords,
    );
  }

  of(line: NamedClosedLine, book: Book): FocusNames {
    const { centerId, code, departmentId, meter, name, projectId, systemId } = line;
    return {
      resource: { code, name },
      department: this.get('department', departmentId) ?? { code: departmentId, name: '' },
      city: book === PROVINCE_BOOK ? null : this.get('department', book),
      system: this.get('system', systemId),
      project: this.get('project', projectId),
      center: this.get('center', centerId),
      meter: this.get('meter', meter) ?? { name: { zh: meter, en: meter }, unit: { en: 'unit' } },
    };
  }

  private async ask<T>(
    kind: string,
    ids: readonly (string | null)[],
    load: (ids: readonly string[]) => Promise<readonly T[]>,
  ): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => id !== null && !this.known.has(`${kind} ${id}`)) as string[];
    if (wanted.length === 0) return;
    for (const [at, found] of (await load(wanted)).entries()) this.known.set(`${kind} ${wanted[at]}`, found);
  }

  private get<T>(kind: string, id: string | null): T | null {
    return id === null ? null : ((this.known.get(`${kind} ${id}`) as T | undefined) ?? null);
  }
}
