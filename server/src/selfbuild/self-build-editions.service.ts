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
import { type Assumption, merged, nothingAssumed, wrongAssumptions, wrongDraft } from './domain/assumptions.js';
import type { SelfBuildEditionRow } from './self-build.entity.js';
import { SelfBuildRepository } from './self-build.repository.js';
import * as words from './self-build-words.js';

export type EditionAnswer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export interface EditionWish {
  readonly id: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
}

export interface EditionDraft {
  readonly note: string;
  readonly effectiveFrom: CalendarDate;
  readonly assumptions: readonly Assumption[];
}

/** 自建测算参数: drafted by one person of finance, put in force by another for a day, and from then on never changed. */
@Injectable()
export class SelfBuildEditions {
  constructor(
    private readonly repository: SelfBuildRepository,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  today(): CalendarDate {
    return calendarDate(this.clock.now());
  }

  /** null = nobody has put any in force. */
  inForce(): Promise<SelfBuildEditionRow | null> {
    return this.repository.inForce(this.today());
  }

  list(): Promise<SelfBuildEditionRow[]> {
    return this.repository.list();
  }

  async edition(id: string): Promise<SelfBuildEditionRow | null> {
    const [edition] = await this.repository.byIds([id]);
    return edition ?? null;
  }

  /** A copy of what is in force, or everything unsaid. Refused when there is a draft. */
  async begin(viewer: Viewer, note: string, idempotencyKey: string): EditionAnswer {
    const before = await this.inForce();
    const content = before?.content ?? nothingAssumed();
    try {
      return await this.acts.perform(
        { name: 'selfBuild.beginDraft', actor: viewer, idempotencyKey, input: { note } },
        async (tx) => {
          const effectiveFrom = calendarDate(tx.now);
          const wrong = wrongDraft(note, effectiveFrom, content);
          if (wrong.length > 0) return refuse(wrong);
          const id = newId(tx.now.getTime());
          await this.repository.insertDraft(tx, {
            ...{ id, note: note.trim(), effectiveFrom, content, version: 1, ...changedBy(tx, viewer) },
            ...{ number: null, publishedAt: null, publishedById: null, publishedBy: null },
          });
          const summary = say('起草自建测算参数', 'Began a draft of the self-build assumptions');
          return ok(done(id, summary, null, { from: before?.number ?? null, note }));
        },
      );
    } catch (error) {
      // The key on the one draft says it, also to two people at the same moment.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([words.draftThere()]);
      throw error;
    }
  }

  /** The draft may be half made: what is wrong with it is shown, and asked again when it is put in force. */
  async save(viewer: Viewer, wish: EditionWish, { assumptions, effectiveFrom, note }: EditionDraft): EditionAnswer {
    const input = { note, effectiveFrom, assumptions };
    return this.onDraft('selfBuild.saveDraft', viewer, wish, input, async (tx, draft) => {
      const content = merged(assumptions, draft.content);
      const wrong = wrongDraft(note, effectiveFrom, content);
      if (wrong.length > 0) return refuse(wrong);
      const values = { note: note.trim(), effectiveFrom, content, version: draft.version + 1 };
      await this.repository.updateDraft(tx, draft.id, { ...values, ...changedBy(tx, viewer) });
      const before = { note: draft.note, effectiveFrom: draft.effectiveFrom, content: draft.content };
      const summary = say('修改自建测算参数草稿', 'Edited the draft of the self-build assumptions');
      return ok(done(draft.id, summary, before, { note, effectiveFrom, content }));
    });
  }

  async discard(viewer: Viewer, wish: EditionWish): EditionAnswer {
    return this.onDraft('selfBuild.discardDraft', viewer, wish, {}, async (tx, draft) => {
      await this.repository.removeDraft(tx, draft.id);
      const summary = say('放弃自建测算参数草稿', 'Discarded the draft of the self-build assumptions');
      return ok(done(draft.id, summary, { content: draft.content }, null));
    });
  }

  /** Puts the draft in force from its day on. Never by who changed it last. */
  async publish(viewer: Viewer, wish: EditionWish): EditionAnswer {
    return this.onDraft('selfBuild.publish', viewer, wish, {}, async (tx, draft) => {
      if (draft.changedById === viewer.userId) return refuse([words.ownDraft()]);
      const { content, effectiveFrom } = draft;
      const wrong = wrongAssumptions(content, effectiveFrom, calendarDate(tx.now));
      if (wrong.length > 0) return refuse(wrong);
      const number = await this.repository.publish(tx, draft.id, { id: viewer.userId, name: viewer.name });
      const summary = say(
        `启用自建测算参数第 ${number} 版，自 ${effectiveFrom} 起`,
        `Put edition ${number} of the self-build assumptions in force from ${effectiveFrom}`,
      );
      return ok(done(draft.id, summary, { number: number - 1 }, { number, effectiveFrom, content }));
    });
  }

  private async onDraft(
    name: string,
    viewer: Viewer,
    wish: EditionWish,
    input: Record<string, unknown>,
    work: (tx: Tx, draft: SelfBuildEditionRow) => Promise<Result<ReturnType<typeof done>, readonly Refusal[]>>,
  ): EditionAnswer {
    const { expectedVersion, id, idempotencyKey } = wish;
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
    audit: { objectType: 'SelfBuildEdition', objectId: id, departmentId: null, summary, before, after },
  };
}
