import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { Editions } from '../editions/editions.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { ChainEditionRow } from './approvals.types.js';
import type { EditionContent } from './domain/chain.js';
import { wrongDraft, wrongEdition } from './domain/check-edition.js';
import { EditionsRepository } from './editions.repository.js';

/** Editions of the approval chains: one is drafted, put in force by another person, and from then on never changed. */
@Injectable()
export class EditionsService extends Editions<EditionContent, ChainEditionRow> {
  constructor(
    repository: EditionsRepository,
    departments: DepartmentsService,
    acts: Acts,
    @Inject(CLOCK) clock: Clock,
  ) {
    super(
      {
        name: say('审批流程', 'the approval chains'),
        verb: 'PUBLISH',
        act: 'approval',
        objectType: 'ApprovalEdition',
        dated: false,
        merged: (wanted) => wanted,
        wrongDraft: ({ note, content }) => wrongDraft(note, content),
        wrong: async (tx, { content }) => [
          ...wrongEdition(content),
          ...(await departments.refusedRules(tx, content.rules)),
        ],
      },
      repository,
      acts,
      clock,
    );
  }

  /** What is published never changes: asked once. A round names none that is not. */
  async published(id: string): Promise<ChainEditionRow> {
    const known = this.kept.get(id);
    if (known) return known;
    const edition = await this.edition(id);
    if (!edition || edition.number === null) throw new Error(`edition ${id} of the approval chains is not published`);
    this.kept.set(id, edition);
    return edition;
  }

  private readonly kept = new Map<string, ChainEditionRow>();
}
