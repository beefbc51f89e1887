import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { Editions } from '../editions/editions.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import {
  type Assumption,
  type AssumptionContent,
  merged,
  nothingAssumed,
  wrongAssumptions,
  wrongDraft,
} from './domain/assumptions.js';
import type { SelfBuildEditionRow } from './self-build.entity.js';
import { SelfBuildRepository } from './self-build.repository.js';

/** 自建测算参数: drafted by one person of finance, put in force by another for a day, and from then on never changed. */
@Injectable()
export class SelfBuildEditions extends Editions<AssumptionContent, SelfBuildEditionRow, readonly Assumption[]> {
  constructor(repository: SelfBuildRepository, acts: Acts, @Inject(CLOCK) clock: Clock) {
    super(
      {
        name: say('自建测算参数', 'the self-build assumptions'),
        verb: 'PUT_IN_FORCE',
        act: 'selfBuild',
        objectType: 'SelfBuildEdition',
        dated: true,
        first: nothingAssumed,
        merged,
        wrongDraft: ({ note, effectiveFrom = '', content }) => wrongDraft(note, effectiveFrom, content),
        wrong: (_, { effectiveFrom = '', content }, today) => wrongAssumptions(content, effectiveFrom, today),
      },
      repository,
      acts,
      clock,
    );
  }
}
