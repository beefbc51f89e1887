import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { Memo } from '../platform/memo.js';
import { wrongDraft, wrongRules } from './domain/check-rules.js';
import type { GateContent } from './domain/rules.js';
import * as words from './gate-words.js';
import { GatesRepository } from './gates.repository.js';
import type { GateEditionRow } from './gates.types.js';

export type GateAnswer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export interface GateWish {
  readonly id: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
}

export interface GateDraft {
  readonly note: string;
  readonly effectiveFrom: CalendarDate;
  readonly content: GateContent;
}

/** What is in force changes a few times a year; what is judged within this time may be by the edition before. */
const IN_FORCE_LIFE_MS = 1_000;

/** Editions of the gates: one is drafted, published by another person for a day, and from then on never changed. */
@Injectable()
export class GatesService {
  constructor(
    private readonly repository: GatesRepository,
    private readonly departments: DepartmentsService,
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

  /** What a request is judged by today. Asked before a unit of work begins. */
  async inForce(): Promise<GateEditionRow> {
    const edition = await this.newest.get();
    if (!edition) throw new Error('there is no edition of the gates in force, though a migration makes the first');
    return edition;
  }

  list(): Promise<GateEditionRow[]> {
    return this.repository.list();
  }

  /** Batch for loaders: what is published never changes. */
  readonly editions = async (ids: readonly string[]): Promise<(GateEditionRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), (edition) => edition.id);

  async edition(id: string): Promise<GateEditionRow | null> {
    const [edition] = await this.repository.byIds([id]);
    return edition ?? null;
  }

  /** A copy of what is in force, to be changed. Refused when there is a draft. */
  async begin(viewer: Viewer, note: string, idempotencyKey: string): GateAnswer {
    const { content, number } = await this.inForce();
    try {
      return await this.acts.perform(
        { name: 'gate.beginDraft', actor: viewer, idempotencyKey, input: { note } },
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
          return ok(done(id, say('起草准入规则', 'Began a draft of the gates'), null, { from: number, note }));
        },
      );
    } catch (error) {
      // The key on the one draft says it, also to two people at the same moment.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([words.draftThere()]);
      throw error;
    }
  }

  /** The draft may be half made: what is wrong with it is shown, and asked again when it is published. */
  async save(viewer: Viewer, wish: GateWish, { note, effectiveFrom, content: wanted }: GateDraft): GateAnswer {
    const input = { note, effectiveFrom, content: wanted };
    return this.onDraft('gate.saveDraft', viewer, wish, input, async (tx, draft) => {
      // Whoever changes rules alone leaves the directory as it is.
      const content = { ...wanted, products: wanted.products ?? draft.content.products ?? [] };
      const wrong = wrongDraft(note, effectiveFrom, content);
      if (wrong.length > 0) return refuse(wrong);
      const values = { note: note.trim(), effectiveFrom, content, version: draft.version + 1 };
      await this.repository.updateDraft(tx, draft.id, { ...values, ...changedBy(tx, viewer) });
      const before = { note: draft.note, effectiveFrom: draft.effectiveFrom, content: draft.content };
      return ok(
        done(draft.id, say('修改准入规则草稿', 'Edited the draft of the gates'), before, { ...input, content }),
      );
    });
  }

  async discard(viewer: Viewer, wish: GateWish): GateAnswer {
    return this.onDraft('gate.discardDraft', viewer, wish, {}, async (tx, draft) => {
      await this.repository.removeDraft(tx, draft.id);
      const summary = say('放弃准入规则草稿', 'Discarded the draft of the gates');
      return ok(done(draft.id, summary, { content: draft.content }, null));
    });
  }

  /** Puts the draft in force from its day on. Never by who changed it last. */
  async publish(viewer: Viewer, wish: GateWish): GateAnswer {
    const published = await this.onDraft('gate.publish', viewer, wish, {}, async (tx, draft) => {
      if (draft.changedById === viewer.userId) return refuse([words.ownDraft()]);
      const { content, effectiveFrom } = draft;
      const wrong = wrongRules(content, effectiveFrom, calendarDate(tx.now));
      const refused = [...wrong, ...(await this.unknownDepartments(tx, content))];
      if (refused.length > 0) return refuse(refused);
      const number = await this.repository.publish(tx, draft.id, { id: viewer.userId, name: viewer.name });
      const summary = say(
        `发布准入规则第 ${number} 版，自 ${effectiveFrom} 起施行`,
        `Published edition ${number} of the gates, in force from ${effectiveFrom}`,
      );
      return ok(done(draft.id, summary, { number: number - 1 }, { number, effectiveFrom, content }));
    });
    this.newest.forget();
    return published;
  }

  private async onDraft(
    name: string,
    viewer: Viewer,
    wish: GateWish,
    input: Record<string, unknown>,
    work: (tx: Tx, draft: GateEditionRow) => Promise<Result<ReturnType<typeof done>, readonly Refusal[]>>,
  ): GateAnswer {
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

  private async unknownDepartments(tx: Tx, { rules }: GateContent): Promise<Refusal[]> {
    const wrong: Refusal[] = [];
    for (const [index, { condition }] of rules.entries())
      for (const id of condition.departmentIds ?? [])
        if (!(await this.departments.lockOpen(tx, id))) wrong.push(words.unknownDepartment(index));
    return wrong;
  }
}

function changedBy(tx: Tx, viewer: Viewer) {
  return { changedAt: tx.now, changedById: viewer.userId, changedBy: viewer.name };
}

function done(id: string, summary: Bilingual, before: unknown, after: unknown) {
  return {
    value: { id },
    audit: { objectType: 'GateEdition', objectId: id, departmentId: null, summary, before, after },
  };
}
