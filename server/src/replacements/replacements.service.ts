import { Injectable } from '@nestjs/common';
import type { Candidate } from '../allocation/domain/placement-facts.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ReplacementsRepository } from './replacements.repository.js';
import type { ReplaceTaskFilter, ReplaceTaskRow } from './replacements.types.js';
import { ReplacingGround } from './replacing-ground.service.js';

/** 改放任务: which machines wait to be placed elsewhere, and where each could go. */
@Injectable()
export class Replacements {
  constructor(
    private readonly repository: ReplacementsRepository,
    private readonly resources: ResourcesService,
    private readonly ground: ReplacingGround,
  ) {}

  /** Takes over tasks of the time before; nobody is told, because it is long past. */
  async takeOver(tx: Tx, rows: readonly ReplaceTaskRow[]): Promise<void> {
    for (const row of rows) await this.repository.insert(tx, row);
  }

  page(scope: TenantScope, filter: ReplaceTaskFilter, page: PageRequest): Promise<Page<ReplaceTaskRow>> {
    return this.repository.page(scope, filter, page);
  }

  byId(scope: TenantScope, id: string): Promise<ReplaceTaskRow | null> {
    return this.repository.byId(scope, id);
  }

  /** Of the whole province. */
  countOpen(): Promise<number> {
    return this.repository.countOpen();
  }

  /** Batch for loaders: the open task of each machine. */
  readonly openOf = async (resourceIds: readonly string[]): Promise<(ReplaceTaskRow | null)[]> => {
    const rows = new Map((await this.repository.openOf(resourceIds)).map((row) => [row.resourceId, row]));
    return resourceIds.map((id) => rows.get(id) ?? null);
  };

  /** None of what is open no longer. */
  async candidates({ resourceId, state }: ReplaceTaskRow): Promise<Candidate[]> {
    if (state !== 'OPEN') return [];
    const [machine] = await this.resources.rows([resourceId]);
    return machine ? this.ground.candidates(machine) : [];
  }
}
