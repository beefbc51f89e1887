import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { Editions } from '../editions/editions.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { DrillRule } from './domain/drill-calendar.js';
import { type DrillRuleContent, wrongRule, wrongRuleDraft } from './domain/drill-rule.js';
import { DrillRulesRepository } from './drill-rules.repository.js';
import type { DrillRuleRow } from './drills.entity.js';

/** 演练计划规则: drafted by whoever runs DR, put in force by the authority, and from then on never changed. */
@Injectable()
export class DrillRules extends Editions<DrillRuleContent, DrillRuleRow> {
  constructor(repository: DrillRulesRepository, acts: Acts, @Inject(CLOCK) clock: Clock) {
    super(
      {
        name: say('演练计划规则', 'the rule of drills'),
        verb: 'PUT_IN_FORCE',
        act: 'drDrillRule',
        objectType: 'DrDrillRule',
        dated: true,
        merged: (wanted) => wanted,
        wrongDraft: ({ effectiveFrom = '', note }) => wrongRuleDraft(note, effectiveFrom),
        wrong: (_, { content, effectiveFrom = '' }, today) => wrongRule(content, effectiveFrom, today),
      },
      repository,
      acts,
      clock,
    );
  }

  /** A migration makes the first. */
  async now(): Promise<DrillRule> {
    const { content, effectiveFrom, number } = await this.inForce();
    return { number: number ?? 0, effectiveOn: effectiveFrom, terms: content.lines, rectifyDays: content.rectifyDays };
  }
}
