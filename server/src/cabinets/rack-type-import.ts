import { Injectable, type OnModuleInit } from '@nestjs/common';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import type { DocumentRow } from '../imports/domain/import-table.js';
import type { Addition, Applied, DocumentImport, RowPlan } from '../imports/import-kind.types.js';
import { ImportRegistry } from '../imports/import-registry.service.js';
import { say } from '../kernel/bilingual.js';
import { ok, type Result } from '../kernel/result.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type RackTypeDraft, rackTypeOf } from './domain/rack-type.js';
import { RackTypesService } from './rack-types.service.js';

/** Rack types of NetBox's library: what a cabinet is made from. */
@Injectable()
export class RackTypeImport implements DocumentImport<RackTypeDraft>, OnModuleInit {
  readonly source = 'DOCUMENTS';
  readonly name = 'rack-types';
  readonly title = say('机柜型号（NetBox YAML）', 'Rack types (NetBox YAML)');
  readonly permission = { object: 'CABINET', action: 'IMPORT' } as const;
  readonly page = '/cabinets';

  constructor(
    private readonly types: RackTypesService,
    private readonly registry: ImportRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async plan(rows: readonly DocumentRow[]): Promise<RowPlan<RackTypeDraft>[]> {
    const drafts = rows.map((row) => ({ row: row.number, draft: rackTypeOf(row.value) }));
    const known = await this.types.bySlugs(drafts.flatMap(({ draft }) => (draft.ok ? [draft.value.slug] : [])));
    const seen = new Set<string>();
    return drafts.map(({ row, draft }): RowPlan<RackTypeDraft> => {
      if (!draft.ok) return { row, outcome: 'PROBLEM', problems: draft.error };
      const { slug } = draft.value;
      const wrong = (zh: string, en: string): RowPlan<RackTypeDraft> => ({
        row,
        outcome: 'PROBLEM',
        problems: [{ column: 'slug', message: say(zh, en) }],
      });
      if (seen.has(slug)) return wrong(`${slug} 出现了两次`, `${slug} stands there twice`);
      seen.add(slug);
      const there = known.get(slug);
      if (!there) return { row, outcome: 'ADD', value: draft.value };
      const { id: _, ...facts } = there;
      return canonicalJson(facts) === canonicalJson(draft.value)
        ? { row, outcome: 'UNCHANGED' }
        : wrong(`机柜型号 ${slug} 已存在但内容不同`, `the rack type ${slug} is there already, but differs`);
    });
  }

  async apply(tx: Tx, additions: readonly Addition<RackTypeDraft>[]): Promise<Result<Applied, never>> {
    await this.types.addAll(
      tx,
      additions.map(({ value }) => ({ ...value, id: newId(tx.now.getTime()) })),
    );
    return ok({});
  }
}
