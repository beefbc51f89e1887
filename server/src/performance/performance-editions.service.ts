import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { Memo } from '../platform/memo.js';
import { wrongDraft, wrongRule } from './domain/check-rule.js';
import type { PerformanceRule } from './domain/rule.js';
import * as words from './edition-words.js';
import type { PerformanceEditionRow } from './performance.types.js';
import { PerformanceEditionsRepository } from './performance-editions.repository.js';

export type RuleAnswer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export interface RuleWish {
  readonly id: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
}

export interface RuleDraft {
  readonly note: string;
  readonly effectiveFrom: CalendarDate;
  readonly content: PerformanceRule;
}

/** What is in force changes a few times a year; what is evaluated within this time may be by the edition before. */
const IN_FORCE_LIFE_MS = 1_000;

/** Editions of the rule of performance: one is drafted, published by another person for a day, and from then on never changed. */
@Injectable()
export class PerformanceEditions {
  constructor(
    private readonly repository: PerformanceEditionsRepository,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly newest = new Memo(
    () => this.repository.inForce(this.today()),
    IN_FORCE_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  today(): CalendarDate {
    return calendarDate(this.clock.now());
  }

  /** What is evaluated today goes by it. Asked before a unit of work begins. */
  async inForce(): Promise<PerformanceEditionRow> {
    const edition = await this.newest.get();
    if (!edition)
      throw new Error('there is no edition of the rule of performance in force, though a migration makes the first');
    return edition;
  }

  list(): Promise<PerformanceEditionRow[]> {
    return this.repository.list();
  }

  async edition(id: string): Promise<PerformanceEditionRow | null> {
    const [edition] = await this.repository.byIds([id]);
    return edition ?? null;
  }

  /** A copy of what is in force, to be changed. Refused when there is a draft. */
  async begin(viewer: Viewer, note: string, idempotencyKey: string): RuleAnswer {
    const { content, number } = await this.inForce();
    try {
      return await this.acts.perform(
        { name: 'performance.beginDraft', actor: viewer, idempotencyKey, input: { note } },
        async (tx) => {
          const effectiveFrom = calendarDate(tx.now);
          const wrong = wrongDraft(note, effectiveFrom, content);
          if (wrong.length > 0) return refuse(wrong);
          const id = newId(tx.now.getTime());
          const nobody = { number: null, publishedAt: null, publishedById: null, publishedBy: null };
          const draft = {
            id,
            note: note.trim(),
            effectiveFrom,
            content,
            version: 1,
            ...changedBy(tx, viewer),
            ...nobody,
          };
          await this.repository.insertDraft(tx, draft);
          return ok(
            done(id, say('起草评价规则', 'Began a draft of the rule of performance'), null, { from: number, note }),
          );
        },
      );
    } catch (error) {
      // The key on the one draft says it, also to two people at the same moment.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([words.draftThere()]);
      throw error;
    }
  }

  /** The draft may be half made: what is wrong with it is shown, and asked again when it is published. */
  async save(viewer: Viewer, wish: RuleWish, { note, effectiveFrom, content }: RuleDraft): RuleAnswer {
    const input = { note, effectiveFrom, content };
    return this.onDraft('performance.saveDraft', viewer, wish, input, async (tx, draft) => {
      const wrong = wrongDraft(note, effectiveFrom, content);
      if (wrong.length > 0) return refuse(wrong);
      const values = { note: note.trim(), effectiveFrom, content, version: draft.version + 1 };
      await this.repository.updateDraft(tx, draft.id, { ...values, ...changedBy(tx, viewer) });
      const before = { note: draft.note, effectiveFrom: draft.effectiveFrom, content: draft.content };
      return ok(done(draft.id, say('修改评价规则草稿', 'Edited the draft of the rule of performance'), before, input));
    });
  }

  async discard(viewer: Viewer, wish: RuleWish): RuleAnswer {
    return this.onDraft('performance.discardDraft', viewer, wish, {}, async (tx, draft) => {
      await this.repository.removeDraft(tx, draft.id);
      const summary = say('放弃评价规则草稿', 'Discarded the draft of the rule of performance');
      return ok(done(draft.id, summary, { content: draft.content }, null));
    });
  }

  /** Puts the draft in force from its day on. Never by who changed it last. */
  async publish(viewer: Viewer, wish: RuleWish): RuleAnswer {
    const published = await this.onDraft('performance.publish', viewer, wish, {}, async (tx, draft) => {
      if (draft.changedById === viewer.userId) return refuse([words.ownDraft()]);
      const { content, effectiveFrom } = draft;
      const wrong = wrongRule(content, effectiveFrom, calendarDate(tx.now));
      if (wrong.length > 0) return refuse(wrong);
      const number = await this.repository.publish(tx, draft.id, { id: viewer.userId, name: viewer.name });
      const summary = say(
        `发布评价规则第 ${number} 版，自 ${effectiveFrom} 起施行`,
        `Published edition ${number} of the rule of performance, in force from ${effectiveFrom}`,
      );
      return ok(done(draft.id, summary, { number: number - 1 }, { number, effectiveFrom, content }));
    });
    this.newest.forget();
    return published;
  }

  private async onDraft(
    name: string,
    viewer: Viewer,
    wish: RuleWish,
    input: Record<string, unknown>,
    work: (tx: Tx, draft: PerformanceEditionRow) => Promise<Result<ReturnType<typeof done>, readonly Refusal[]>>,
  ): RuleAnswer {
    const { id, idempotencyKey, expectedVersion } = wish;
    return this.acts.perform(
      { name, actor: viewer, idempotencyKey, input: { id: id ?? null, expectedVersion, ...input } },
      async (tx) => {
        const draft = id === undefined ? null : await this.repository.locked(tx, id);
        if (!draft) return refuse([words.unknownEdition()]);
        if (draft.number !== null) return refuse([words.published(draft.number, name)]);
        if (draft.version !== expectedVersion) return refuse([words.changedMeanwhile(expectedVersion, draft.version)]);
        return work(tx, draft);
      },
    );
  }
}

function changedBy(tx: Tx, viewer: Viewer) {
  return { changedAt: tx.now, changedById: viewer.userId, changedBy: viewer.name };
}

function done(id: string, summary: Bilingual, before: unknown, after: unknown) {
  return {
    value: { id },
    audit: { objectType: 'PerformanceEdition', objectId: id, departmentId: null, summary, before, after },
  };
}
