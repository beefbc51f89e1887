import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { PrintedFile } from '../documents/printing.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok } from '../kernel/result.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { GoLiveCases } from './go-live-cases.service.js';
import { GoLiveFacts } from './go-live-facts.service.js';
import { done } from './go-live-trial.service.js';
import { printAcceptanceSheet } from './paper/acceptance-sheet.js';

/** Prints 系统上线验收单: what was tried, on what it runs, and each party's word. */
@Injectable()
export class AcceptanceSheets {
  constructor(
    private readonly cases: GoLiveCases,
    private readonly facts: GoLiveFacts,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** null = no such case, or not for this viewer's eyes. */
  async print(viewer: Viewer, caseId: string): Promise<PrintedFile | null> {
    const scope = scopeFor(viewer, 'GO_LIVE', 'READ');
    const row = scope ? await this.cases.inScope(scope, caseId) : null;
    if (!row) return null;
    const content = await this.facts.of(row);
    const contentHash = this.facts.hashOf(content);
    const [parties, [signatures = []]] = await Promise.all([
      this.cases.partiesOf(row),
      this.cases.signaturesOf([row.id]),
    ]);
    const entered = await this.acts.perform({ name: 'goLive.print', actor: viewer, input: { caseId } }, async () =>
      ok(done(row, say(`打印 ${row.code} 验收单`, `Printed the sheet of ${row.code}`), { contentHash })),
    );
    if (!entered.ok) throw new Error(`the print of ${row.code} was not entered`);
    const bytes = await printAcceptanceSheet({
      row,
      content,
      contentHash,
      parties,
      signatures: signatures.filter((one) => one.round === row.round),
      printedAt: this.clock.now(),
      printedBy: viewer.name,
    });
    return { name: `政务信息系统上线验收单_${row.code}.pdf`, bytes };
  }
}
