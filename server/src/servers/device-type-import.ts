import { Injectable, type OnModuleInit } from '@nestjs/common';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import type { DocumentRow } from '../imports/domain/import-table.js';
import type { Addition, Applied, DocumentImport, RowPlan } from '../imports/import-kind.types.js';
import { ImportRegistry } from '../imports/import-registry.service.js';
import { say } from '../kernel/bilingual.js';
import { ok, type Result } from '../kernel/result.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type ModelDraft, modelOf } from './domain/device-type.js';
import { HardwareModelsService } from './hardware-models.service.js';

/** Device types of NetBox's library become hardware models. */
@Injectable()
export class DeviceTypeImport implements DocumentImport<ModelDraft>, OnModuleInit {
  readonly source = 'DOCUMENTS';
  readonly name = 'device-types';
  readonly title = say('设备型号（NetBox YAML）', 'Device types (NetBox YAML)');
  readonly permission = { object: 'SERVER', action: 'IMPORT' } as const;
  readonly page = '/servers';

  constructor(
    private readonly models: HardwareModelsService,
    private readonly registry: ImportRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async plan(rows: readonly DocumentRow[]): Promise<RowPlan<ModelDraft>[]> {
    const drafts = rows.map((row) => ({ row: row.number, draft: modelOf(row.value) }));
    const slugs = drafts.flatMap(({ draft }) => (draft.ok ? [draft.value.slug] : []));
    const known = await this.models.modelsBySlug(slugs);
    const seen = new Set<string>();
    return drafts.map(({ row, draft }): RowPlan<ModelDraft> => {
      if (!draft.ok) return { row, outcome: 'PROBLEM', problems: draft.error };
      const { slug } = draft.value;
      const wrong = (zh: string, en: string): RowPlan<ModelDraft> => ({
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
        : wrong(`型号 ${slug} 已存在但内容不同`, `the model ${slug} is there already, but differs`);
    });
  }

  async apply(tx: Tx, additions: readonly Addition<ModelDraft>[]): Promise<Result<Applied, never>> {
    await this.models.addModels(
      tx,
      additions.map(({ value }) => ({ ...value, id: newId(tx.now.getTime()) })),
    );
    return ok({});
  }
}
