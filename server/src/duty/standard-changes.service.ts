import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { Editions } from '../editions/editions.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import {
  type StandardCatalog,
  type StandardChange,
  wrongCatalog,
  wrongCatalogDraft,
} from './domain/standard-changes.js';
import type { StandardCatalogRow } from './standard-changes.entity.js';
import { StandardChangesRepository } from './standard-changes.repository.js';

/** 标准变更目录: drafted by whoever runs the desk, put in force by a leader: his word for every change that is made by it. */
@Injectable()
export class StandardChanges extends Editions<StandardCatalog, StandardCatalogRow> {
  constructor(repository: StandardChangesRepository, acts: Acts, @Inject(CLOCK) clock: Clock) {
    super(
      {
        name: say('标准变更目录', 'the catalog of standard changes'),
        verb: 'PUT_IN_FORCE',
        act: 'dutyStandard',
        objectType: 'DutyStandardCatalog',
        dated: false,
        first: () => ({ entries: [] }),
        merged: (wanted) => wanted,
        wrongDraft: ({ content, note }) => wrongCatalogDraft(note, content),
        wrong: (_, { content }) => wrongCatalog(content),
      },
      repository,
      acts,
      clock,
    );
  }

  /** Asked before a unit of work begins; null = no such entry is in force. */
  async entryInForce(key: string | null): Promise<{ readonly entry: StandardChange; readonly edition: number } | null> {
    const catalog = key === null ? null : await this.newestInForce();
    const entry = catalog?.content.entries.find((one) => one.key === key);
    return catalog?.number != null && entry ? { entry, edition: catalog.number } : null;
  }
}
