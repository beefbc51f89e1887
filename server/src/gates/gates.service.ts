import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { Editions } from '../editions/editions.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { wrongDraft, wrongRules } from './domain/check-rules.js';
import type { GateContent } from './domain/rules.js';
import { GatesRepository } from './gates.repository.js';
import type { GateEditionRow } from './gates.types.js';

/** Editions of the gates: one is drafted, published by another person for a day, and from then on never changed. */
@Injectable()
export class GatesService extends Editions<GateContent, GateEditionRow> {
  constructor(repository: GatesRepository, departments: DepartmentsService, acts: Acts, @Inject(CLOCK) clock: Clock) {
    super(
      {
        name: say('准入规则', 'the gates'),
        verb: 'PUBLISH',
        act: 'gate',
        objectType: 'GateEdition',
        dated: true,
        // Whoever changes rules alone leaves the directory as it is.
        merged: (wanted, before) => ({ ...wanted, products: wanted.products ?? before.products ?? [] }),
        wrongDraft: ({ note, effectiveFrom = '', content }) => wrongDraft(note, effectiveFrom, content),
        wrong: async (tx, { effectiveFrom = '', content }, today) => [
          ...wrongRules(content, effectiveFrom, today),
          ...(await departments.refusedRules(tx, content.rules)),
        ],
      },
      repository,
      acts,
      clock,
    );
  }
}
