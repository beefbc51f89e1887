import { Acts } from '../../server/src/audit/acts.service.js';
import type { ImportContext, TableImport } from '../../server/src/imports/import-kind.types.js';
import { ImportRegistry } from '../../server/src/imports/import-registry.service.js';
import { IntakeApproval } from '../../server/src/intake/approval.service.js';
import type { IntakeItemDraft } from '../../server/src/intake/domain/intake-item.js';
import { say } from '../../server/src/kernel/bilingual.js';
import { ok } from '../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { viewerWith } from './application.ts';
import type { TestConsole } from './console.ts';

type Rows = readonly Record<string, string>[];

/** Two people of the big-data center: one hands tables of what already runs in, the other approves. */
export class IntakeDesk {
  readonly preparer = viewerWith(['FACILITY_ENGINEER'], null);
  readonly reviewer = viewerWith(['CENTER_REVIEWER'], null);

  constructor(private readonly console_: TestConsole) {}

  get<T>(type: new (...args: never[]) => T): T {
    return this.console_.application.get(type, { strict: false });
  }

  // biome-ignore lint/suspicious/noExplicitAny: rows of plain SQL
  query(sql: string, values: unknown[] = []): Promise<any> {
    return this.console_.test.db.query(sql, values);
  }

  plan(name: string, rows: Rows) {
    return this.kind(name).plan(
      rows.map((cells, at) => ({ number: at + 2, cells, misread: new Map() })),
      this.context(),
    );
  }

  /** As an import of the table does it: plan, then apply within one act; gives the batch's id. */
  async submit(name: string, rows: Rows): Promise<string> {
    const plans = await this.plan(name, rows);
    const problems = plans.flatMap((one) => (one.outcome === 'PROBLEM' ? one.problems : []));
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    const additions = plans.flatMap((one) => (one.outcome === 'ADD' ? [{ row: one.row, value: one.value }] : []));
    const done = await this.get(Acts).perform(
      { name: 'import.apply', actor: this.preparer, input: rows },
      async (tx) => {
        const applied = await this.kind(name).apply(tx, additions, this.context());
        if (!applied.ok) throw new Error(JSON.stringify(applied.error));
        const audit = { objectType: 'ImportRun', objectId: 'test', departmentId: null, summary: say('导入', 'import') };
        return ok({ value: null, audit });
      },
    );
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    const [{ id }] = await this.query('select id from intake_batch order by id desc limit 1');
    return id;
  }

  approve(id: string, viewer = this.reviewer, expectedVersion = 1) {
    return this.get(IntakeApproval).approve(viewer, { id, expectedVersion, idempotencyKey: newId() });
  }

  private context(): ImportContext {
    return { actor: this.preparer, scope: WHOLE_PROVINCE, now: new Date() };
  }

  private kind(name: string): TableImport<IntakeItemDraft> {
    return this.get(ImportRegistry).kind(name) as TableImport<IntakeItemDraft>;
  }
}
