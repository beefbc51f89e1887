import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { Editions } from '../editions/editions.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { wrongDraft, wrongRule } from './domain/check-rule.js';
import type { PerformanceRule } from './domain/rule.js';
import type { PerformanceEditionRow } from './performance.types.js';
import { PerformanceEditionsRepository } from './performance-editions.repository.js';

/** Editions of the rule of performance: one is drafted, published by another person for a day, and from then on never changed. */
@Injectable()
export class PerformanceEditions extends Editions<PerformanceRule, PerformanceEditionRow> {
  constructor(repository: PerformanceEditionsRepository, acts: Acts, @Inject(CLOCK) clock: Clock) {
    super(
      {
        name: say('评价规则', 'the rule of performance'),
        verb: 'PUBLISH',
        act: 'performance',
        objectType: 'PerformanceEdition',
        dated: true,
        merged: (wanted) => wanted,
        wrongDraft: ({ note, effectiveFrom = '', content }) => wrongDraft(note, effectiveFrom, content),
        wrong: (_, { effectiveFrom = '', content }, today) => wrongRule(content, effectiveFrom, today),
      },
      repository,
      acts,
      clock,
    );
  }
}
