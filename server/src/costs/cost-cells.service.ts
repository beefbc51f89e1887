import { Inject, Injectable } from '@nestjs/common';
import { ClosedAmounts } from '../accounting/closed-amounts.service.js';
import type { ClosedDocument } from '../accounting/closed-amounts.types.js';
import { DraftAmounts, type VcpuUse } from '../accounting/draft-amounts.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type CostAmount, CostsRepository } from './costs.repository.js';

/** Heads of documents in one statement; a year of the province and thirteen cities has some 170. */
const DOCUMENTS_PER_PAGE = 200;
/** What is drafted moves with the accounting sweep, which passes as often. */
const TAKEN_EVERY_MS = 5 * 60_000;

/**
 * Keeps the consolidated book: the amounts of each closed document, once and for ever, and all that is still drafted. A
 * month that is closed leaves the drafts in the transaction that takes its document, so no sum ever has it twice.
 */
@Injectable()
export class CostCells {
  constructor(
    private readonly repository: CostsRepository,
    private readonly closed: ClosedAmounts,
    private readonly drafts: DraftAmounts,
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by housekeeping. */
  async run(): Promise<void> {
    const last = await this.repository.draftedAt();
    if (last === null || this.clock.now().getTime() - last.getTime() >= TAKEN_EVERY_MS) await this.take();
  }

  /** @returns documents that were new. */
  async take(): Promise<number> {
    const { documents, drafted, known } = await this.consistent();
    const amounts = new Map<string, readonly CostAmount[]>();
    for (const { id } of documents) amounts.set(id, await this.closed.amountsOf(id));
    const vcpu = await this.vcpuOf(drafted, [...amounts.values()].flat());
    return this.work.run(async (tx) => {
      // Somebody else took a document meanwhile: what they wrote is newer than these drafts.
      if ((await this.repository.begin(tx)) !== known) return 0;
      for (const [id, some] of amounts) await this.repository.addDocument(tx, id, some);
      await this.repository.replaceDrafts(tx, drafted);
      await this.repository.replaceVcpu(tx, vcpu.months, vcpu.uses);
      return documents.length;
    });
  }

  /**
   * How much was in use in the months of which anything may have changed. Use that changes behind a close is owed by an
   * open month as a correction: while it is, and once it is not any more, its month is looked at again.
   */
  private async vcpuOf(
    drafted: readonly CostAmount[],
    closed: readonly CostAmount[],
  ): Promise<{ readonly months: readonly string[]; readonly uses: readonly VcpuUse[] }> {
    const moved = [...drafted, ...closed].flatMap(({ month, ofMonth }) => [month, ofMonth]);
    const months = [...new Set([...moved, ...(await this.repository.monthsToCount())])];
    return { months, uses: await this.drafts.vcpuSeconds(months) };
  }

  /**
   * What is drafted beside the documents that it is beside of. A month leaves the drafts, or comes back to them, in the
   * moment in which its document comes: as long as one came while drafts were read, they are read again.
   */
  private async consistent(): Promise<Consistent> {
    for (let before = await this.unknownDocuments(); ; ) {
      const drafted = await this.drafts.all();
      const after = await this.unknownDocuments();
      if (after.known === before.known && after.documents.length === before.documents.length)
        return { ...before, drafted };
      before = after;
    }
  }

  private async unknownDocuments(): Promise<Omit<Consistent, 'drafted'>> {
    const known = await this.repository.documents();
    const documents: ClosedDocument[] = [];
    for (let after: string | null = null; ; ) {
      const page: ClosedDocument[] = await this.closed.documents(after, DOCUMENTS_PER_PAGE);
      documents.push(...page.filter(({ id }) => !known.has(id)));
      if (page.length < DOCUMENTS_PER_PAGE) return { known: known.size, documents };
      after = (page.at(-1) as ClosedDocument).id;
    }
  }
}

interface Consistent {
  /** How many documents were here already. */
  readonly known: number;
  readonly documents: readonly ClosedDocument[];
  readonly drafted: readonly CostAmount[];
}
