import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { Memo } from '../platform/memo.js';
import type { EditionRow } from './approvals.types.js';
import type { EditionContent } from './domain/chain.js';
import { wrongDraft, wrongEdition } from './domain/check-edition.js';
import { EditionsRepository } from './editions.repository.js';

export type EditionAnswer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export interface EditionWish {
  readonly id: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
}

/** What is in force changes a few times a year; a round that begins within this time may take the edition before. */
const IN_FORCE_LIFE_MS = 1_000;

/** Editions of the approval chains: one is drafted, put in force by another person, and from then on never changed. */
@Injectable()
export class EditionsService {
  constructor(
    private readonly repository: EditionsRepository,
    private readonly departments: DepartmentsService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly newest = new Memo(
    () => this.repository.inForce(),
    IN_FORCE_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  /** What a round that begins now takes. Asked before a unit of work begins. */
  async inForce(): Promise<EditionRow> {
    const edition = await this.newest.get();
    if (!edition) throw new Error('there is no edition of the approval chains, though a migration makes the first');
    return edition;
  }

  list(): Promise<EditionRow[]> {
    return this.repository.list();
  }

  edition(id: string): Promise<EditionRow | null> {
    return this.repository.byId(id);
  }

  /** What is published never changes: asked once. A round names none that is not. */
  async published(id: string): Promise<EditionRow> {
    const known = this.kept.get(id);
    if (known) return known;
    const edition = await this.repository.byId(id);
    if (!edition || edition.number === null) throw new Error(`edition ${id} of the approval chains is not published`);
    this.kept.set(id, edition);
    return edition;
  }

  private readonly kept = new Map<string, EditionRow>();

  /** A copy of what is in force, to be changed. Refused when there is a draft. */
  async begin(viewer: Viewer, note: string, idempotencyKey: string): EditionAnswer {
    const { content, number } = await this.inForce();
    try {
      return await this.acts.perform(
        { name: 'approval.beginDraft', actor: viewer, idempotencyKey, input: { note } },
        async (tx) => {
          const wrong = wrongDraft(note, content);
          if (wrong.length > 0) return refuse(wrong);
          const id = newId(tx.now.getTime());
          await this.repository.insertDraft(tx, {
            id,
            number: null,
            note: note.trim(),
            content,
            version: 1,
            changedAt: tx.now,
            changedById: viewer.userId,
            changedBy: viewer.name,
            publishedAt: null,
            publishedById: null,
            publishedBy: null,
          });
          return ok(
            done(id, say('起草审批流程', 'Began a draft of the approval chains'), null, { from: number, note }),
          );
        },
      );
    } catch (error) {
      // The key on the one draft says it, also to two people at the same moment.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([draftThere()]);
      throw error;
    }
  }

  /** The draft may be half made: what is wrong with it is shown, and asked again when it is published. */
  async save(viewer: Viewer, wish: EditionWish, note: string, content: EditionContent): EditionAnswer {
    return this.onDraft('approval.saveDraft', viewer, wish, { note, content }, async (tx, draft) => {
      const wrong = wrongDraft(note, content);
      if (wrong.length > 0) return refuse(wrong);
      await this.repository.updateDraft(tx, draft.id, {
        note: note.trim(),
        content,
        version: draft.version + 1,
        changedAt: tx.now,
        changedById: viewer.userId,
        changedBy: viewer.name,
      });
      return ok(
        done(
          draft.id,
          say('修改审批流程草稿', 'Edited the draft of the approval chains'),
          { note: draft.note, content: draft.content },
          { note, content },
        ),
      );
    });
  }

  async discard(viewer: Viewer, wish: EditionWish): EditionAnswer {
    return this.onDraft('approval.discardDraft', viewer, wish, {}, async (tx, draft) => {
      await this.repository.removeDraft(tx, draft.id);
      return ok(
        done(
          draft.id,
          say('放弃审批流程草稿', 'Discarded the draft of the approval chains'),
          { content: draft.content },
          null,
        ),
      );
    });
  }

  /** Puts the draft in force for rounds that begin from now on. Never by who changed it last. */
  async publish(viewer: Viewer, wish: EditionWish): EditionAnswer {
    const published = await this.onDraft('approval.publish', viewer, wish, {}, async (tx, draft) => {
      if (draft.changedById === viewer.userId)
        return refuse([
          {
            code: 'NOT_PERMITTED',
            path: [],
            reason: 'OWN_DRAFT',
            message: say('不能发布自己修改的草稿，请由他人发布', 'Nobody publishes their own draft; ask another'),
          },
        ]);
      const wrong = [...wrongEdition(draft.content), ...(await this.unknownDepartments(tx, draft.content))];
      if (wrong.length > 0) return refuse(wrong);
      const number = await this.repository.publish(tx, draft.id, { id: viewer.userId, name: viewer.name });
      return ok(
        done(
          draft.id,
          say(`发布审批流程第 ${number} 版`, `Published edition ${number} of the approval chains`),
          { number: number - 1 },
          { number, content: draft.content },
        ),
      );
    });
    this.newest.forget();
    return published;
  }

  private async onDraft(
    name: string,
    viewer: Viewer,
    wish: EditionWish,
    input: Record<string, unknown>,
    work: (tx: Tx, draft: EditionRow) => Promise<Result<ReturnType<typeof done>, readonly Refusal[]>>,
  ): EditionAnswer {
    const { id, idempotencyKey, expectedVersion } = wish;
    return this.acts.perform(
      { name, actor: viewer, idempotencyKey, input: { id: id ?? null, expectedVersion, ...input } },
      async (tx) => {
        const draft = id === undefined ? null : await this.repository.locked(tx, id);
        if (!draft) return refuse([unknownEdition()]);
        if (draft.number !== null) return refuse([published(draft.number, name)]);
        if (draft.version !== expectedVersion) return refuse([changedMeanwhile(expectedVersion, draft.version)]);
        return work(tx, draft);
      },
    );
  }

  private async unknownDepartments(tx: Tx, { rules }: EditionContent): Promise<Refusal[]> {
    const wrong: Refusal[] = [];
    for (const [index, { condition }] of rules.entries())
      for (const id of condition.departmentIds ?? [])
        if (!(await this.departments.lockOpen(tx, id)))
          wrong.push({
            code: 'INVALID_INPUT',
            path: ['rules', String(index), 'condition'],
            rule: 'department',
            message: say('规则中的单位不存在或已撤销', 'A department of the rule is unknown or closed'),
          });
    return wrong;
  }
}

function done(id: string, summary: Bilingual, before: unknown, after: unknown) {
  return {
    value: { id },
    audit: { objectType: 'ApprovalEdition', objectId: id, departmentId: null, summary, before, after },
  };
}

function unknownEdition(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这个流程版本', 'There is no such edition') };
}

function published(number: number, action: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state: 'PUBLISHED',
    action,
    message: say(
      `第 ${number} 版已发布，不能再改；请另起草稿`,
      `Edition ${number} is published and stays; begin another draft`,
    ),
  };
}

function draftThere(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'DRAFT_EXISTS',
    message: say('已有一份草稿，请先发布或放弃它', 'There is a draft already; publish or discard it first'),
  };
}

function changedMeanwhile(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('草稿刚被他人修改，请刷新后再操作', 'Somebody has just changed the draft; look again'),
  };
}
