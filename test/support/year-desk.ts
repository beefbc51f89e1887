import type { ClosedBook, ClosedBookDocument, ClosedBookUse } from '../../server/src/budgetyears/closed-book.types.js';
import { ClosedMonths } from '../../server/src/budgetyears/closed-months.service.js';
import { YearOpening } from '../../server/src/budgetyears/year-opening.service.js';
import { MeteringService } from '../../server/src/metering/metering.service.js';
import type { NamedUse } from '../../server/src/metering/metering.types.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { Project } from '../../server/src/systems/domain/system.js';
import type { TestApplication } from './application.ts';
import type { RequestJourney } from './request-journey.ts';

/** Closed months as whoever closes them would tell of them. */
export class MadeUpBook implements ClosedBook {
  readonly closed: { document: ClosedBookDocument; uses: ClosedBookUse[] }[] = [];
  /** Throws in the middle, as a process that dies there. */
  dieAfterPages: number | null = null;

  async documents(after: string | null, limit: number): Promise<readonly ClosedBookDocument[]> {
    return this.closed
      .map(({ document }) => document)
      .filter(({ id }) => after === null || id > after)
      .slice(0, limit);
  }

  async usesOf(documentId: string, after: string | null, limit: number): Promise<readonly ClosedBookUse[]> {
    if (this.dieAfterPages !== null && this.dieAfterPages-- === 0) throw new Error('died');
    return (this.closed.find(({ document }) => document.id === documentId)?.uses ?? [])
      .toSorted((a, b) => (a.resourceId < b.resourceId ? -1 : 1))
      .filter(({ resourceId }) => after === null || resourceId > after)
      .slice(0, limit);
  }

  close(
    month: string,
    uses: readonly (Omit<ClosedBookUse, 'ofMonth'> & { ofMonth?: string })[],
    round = 1,
    cityId: string | null = null,
  ): string {
    const id = newId();
    this.closed.push({
      document: { id, kind: 'STATEMENT', cityId, month, round, reversesId: null },
      uses: uses.map((use) => ({ ofMonth: month, ...use })),
    });
    return id;
  }

  reverse(reversesId: string): string {
    const id = newId();
    const reversed = this.closed.find(({ document }) => document.id === reversesId);
    if (!reversed) throw new Error('nothing to reverse');
    this.closed.push({
      document: { ...reversed.document, id, kind: 'REVERSAL', reversesId },
      uses: reversed.uses.map((use) => ({ ...use, amount: -use.amount })),
    });
    return id;
  }
}

/** What runs, by the book of intervals alone: what budgets ask of it is all that is here. */
export class YearDesk {
  readonly opening = this.get(YearOpening);
  readonly months = this.get(ClosedMonths);

  constructor(
    private readonly app: TestApplication,
    private readonly journey: RequestJourney,
  ) {}

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.context.get(type, { strict: false });
  }

  /** A machine of so many vCPU that began then; a later call with `ends` ends it. */
  async run(project: Project | null, more: Partial<NamedUse> & { vcpu?: number } = {}): Promise<NamedUse> {
    const { vcpu = 1, ...rest } = more;
    const id = newId();
    const begins = new Date('2026-05-10T02:00:00.000Z');
    const use: NamedUse = {
      ...{
        resourceId: id,
        subjectId: id,
        kind: 'MACHINE',
        code: `VM-${id.slice(-6)}`,
        name: 'web',
        requestId: newId(),
      },
      owner: {
        ...{ departmentId: this.journey.department.id, systemId: this.journey.system.id },
        ...{ projectId: project?.id ?? null, centerId: null, architecture: 'ARM64', share: 'MAIN' },
      },
      begins,
      ends: null,
      facts: [{ id: '1', at: begins, quantities: { VCPU: vcpu } }],
      disputed: [],
      ...rest,
    };
    await this.get(UnitOfWork).run((tx) => this.get(MeteringService).book(tx, [use]));
    return use;
  }
}
