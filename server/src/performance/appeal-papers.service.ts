import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FilesService } from '../files/files.service.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { AppealsRepository } from './appeals.repository.js';

const FILES_OF = 'PerformanceAppeal';

/** What was sent with appeals, and what came of them, for whoever reads the grade. */
@Injectable()
export class AppealPapers implements OnModuleInit {
  constructor(
    private readonly repository: AppealsRepository,
    private readonly files: FilesService,
  ) {}

  /** Whoever reads the grades of the department reads what it sent. */
  onModuleInit(): void {
    this.files.registerOwner(FILES_OF, async (viewer, id) => {
      const scope = scopeFor(viewer, 'PERFORMANCE', 'READ');
      return scope !== undefined && (await this.repository.inScope(scope, id)) !== null;
    });
  }

  attach(tx: Tx, viewer: Viewer, fileIds: readonly string[], appealId: string): Promise<boolean> {
    return this.files.attach(tx, fileIds, FILES_OF, appealId, viewer.userId);
  }

  /** Batch for loaders. */
  readonly filesOf = (ids: readonly string[]) => this.files.filesOf(FILES_OF, ids);

  /** Batch for loaders: who judged anew, of a version that took another's place; null = it was judged by its run. */
  readonly regradeOf = async (ids: readonly string[]): Promise<({ by: string; at: Date } | null)[]> => {
    const appeals = new Map((await this.repository.replacedBy(ids)).map((row) => [row.replacedById, row]));
    return ids.map((id) => {
      const { answeredBy, answeredAt } = appeals.get(id) ?? {};
      return answeredBy && answeredAt ? { by: answeredBy, at: answeredAt } : null;
    });
  };
}
