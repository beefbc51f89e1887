import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { ExtensionState } from './domain/extension.js';
import { TermsRepository } from './terms.repository.js';
import type { ExtensionRow, ReviewRow } from './terms.types.js';

/** What was asked about terms and said in reviews. */
@Injectable()
export class TermsService {
  constructor(private readonly repository: TermsRepository) {}

  extensionInScope(scope: TenantScope, id: string): Promise<ExtensionRow | null> {
    return this.repository.extensionInScope(scope, id);
  }

  extensionPage(scope: TenantScope, states: readonly ExtensionState[], page: PageRequest): Promise<Page<ExtensionRow>> {
    return this.repository.extensionPage(scope, states, page);
  }

  /** Callers have already been let see the resources. */
  readonly extensionsOf = async (resourceIds: readonly string[]): Promise<ExtensionRow[][]> => {
    const rows = Map.groupBy(await this.repository.extensionsOf(resourceIds), (row) => row.resourceId);
    return resourceIds.map((id) => rows.get(id) ?? []);
  };

  readonly reviewsOf = async (resourceIds: readonly string[]): Promise<ReviewRow[][]> => {
    const rows = Map.groupBy(await this.repository.reviewsOf(resourceIds), (row) => row.resourceId);
    return resourceIds.map((id) => rows.get(id) ?? []);
  };
}
