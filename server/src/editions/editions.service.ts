import type { Acts } from '../audit/acts.service.js';
import type { Bilingual } from '../kernel/bilingual.js';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import type { Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import type { EditionRow } from '../platform/database/edition-columns.js';
import type { EditionTable } from '../platform/database/edition-table.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { Memo } from '../platform/memo.js';
import { draftThere, type EditionSubject, refusedChange, refusedPublishing, summaryOf } from './domain/edition.js';

export type EditionAnswer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export interface EditionWish {
  readonly id: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
}

export interface EditionDraft<Content> {
  readonly note: string;
  /** undefined = it begins with its publishing. */
  readonly effectiveFrom?: CalendarDate;
  readonly content: Content;
}

/** What a feature keeps in editions: its words, its checks, and how its acts are called. */
export interface EditionKind<Content, Wanted = Content> extends EditionSubject {
  /** Of its acts: `gate` makes `gate.beginDraft`. */
  readonly act: string;
  readonly objectType: string;
  /** Whether an edition begins on a day of its own. */
  readonly dated: boolean;
  /** Without any in force: what the first draft begins with; absent = a migration makes the first. */
  readonly first?: () => Content;
  /** What is saved of what is wanted; some wishes leave parts as they were. */
  readonly merged: (wanted: Wanted, before: Content) => Content;
  /** A draft may be half made; this cannot even be kept. */
  readonly wrongDraft: (draft: EditionDraft<Content>) => Refusal[];
  /** Every reason against putting it in force. */
  readonly wrong: (tx: Tx, draft: EditionDraft<Content>, today: CalendarDate) => Refusal[] | Promise<Refusal[]>;
}

/** What is in force changes a few times a year; what is judged within this time may be by the edition before. */
const IN_FORCE_LIFE_MS = 1_000;

type Dated = { readonly effectiveFrom?: CalendarDate };

/** Drafted by one person, put in force by another, and from then on never changed. */
export abstract class Editions<Content, Row extends EditionRow<Content> & Dated, Wanted = Content> {
  protected constructor(
    private readonly kind: EditionKind<Content, Wanted>,
    private readonly table: EditionTable<Row>,
    private readonly acts: Acts,
    private readonly clock: Clock,
  ) {}

  private readonly newest = new Memo(
    () => this.table.inForce(this.kind.dated ? this.today() : undefined),
    IN_FORCE_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  today(): CalendarDate {
    return calendarDate(this.clock.now());
  }

  /** null = nobody has put any in force. Asked before a unit of work begins. */
  newestInForce(): Promise<Row | null> {
    return this.newest.get();
  }

  /** By which is judged today; there is one, by a migration. Asked before a unit of work begins. */
  async inForce(): Promise<Row> {
    const edition = await this.newest.get();
    if (!edition) throw new Error(`there is no edition of ${this.kind.name.en}, though a migration makes the first`);
    return edition;
  }

  list(): Promise<Row[]> {
    return this.table.list();
  }

  /** Batch for loaders. */
  readonly editions = async (ids: readonly string[]): Promise<(Row | null)[]> =>
    inOrderOf(ids, await this.table.byIds(ids), (edition) => edition.id);

  async edition(id: string): Promise<Row | null> {
    const [edition] = await this.table.byIds([id]);
    return edition ?? null;
  }

  /** A copy of what is in force, to be changed. Refused when there is a draft. */
  async begin(viewer: Viewer, note: string, idempotencyKey: string): EditionAnswer {
    const { act, first } = this.kind;
    const before = first ? await this.newestInForce() : await this.inForce();
    const content = before?.content ?? (first as () => Content)();
    try {
      return await this.acts.perform(
        { name: `${act}.beginDraft`, actor: viewer, idempotencyKey, input: { note } },
        async (tx) => {
          const dated = this.kind.dated ? { effectiveFrom: calendarDate(tx.now) } : {};
          const wrong = this.kind.wrongDraft({ note, content, ...dated });
          if (wrong.length > 0) return refuse(wrong);
          const id = newId(tx.now.getTime());
          const nobody = { number: null, publishedAt: null, publishedById: null, publishedBy: null };
          const draft = { id, note: note.trim(), content, version: 1, ...dated, ...nobody, ...changedBy(tx, viewer) };
          await this.table.insertDraft(tx, draft as unknown as Row);
          return ok(this.done(id, summaryOf.begun(this.kind), null, { from: before?.number ?? null, note }));
        },
      );
    } catch (error) {
      // The key on the one draft says it, also to two people at the same moment.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([draftThere(this.kind)]);
      throw error;
    }
  }

  /** The draft may be half made: what is wrong with it is shown, and asked again when it is put in force. */
  async save(viewer: Viewer, wish: EditionWish, wanted: EditionDraft<Wanted>): EditionAnswer {
    return this.onDraft('saveDraft', viewer, wish, { ...wanted }, async (tx, draft) => {
      const content = this.kind.merged(wanted.content, draft.content);
      const wrong = this.kind.wrongDraft({ ...wanted, content });
      if (wrong.length > 0) return refuse(wrong);
      const values = { ...wanted, note: wanted.note.trim(), content, version: draft.version + 1 };
      await this.table.updateDraft(tx, draft.id, { ...values, ...changedBy(tx, viewer) } as unknown as Partial<Row>);
      const before = { note: draft.note, effectiveFrom: draft.effectiveFrom, content: draft.content };
      return ok(this.done(draft.id, summaryOf.saved(this.kind), before, { ...wanted, content }));
    });
  }

  async discard(viewer: Viewer, wish: EditionWish): EditionAnswer {
    return this.onDraft('discardDraft', viewer, wish, {}, async (tx, draft) => {
      await this.table.removeDraft(tx, draft.id);
      return ok(this.done(draft.id, summaryOf.discarded(this.kind), { content: draft.content }, null));
    });
  }

  /** Puts the draft in force from its day on. Never by who changed it last. */
  async publish(viewer: Viewer, wish: EditionWish): EditionAnswer {
    const published = await this.onDraft('publish', viewer, wish, {}, async (tx, draft) => {
      const own = refusedPublishing(this.kind, draft, viewer.userId);
      if (own) return refuse([own]);
      const wrong = await this.kind.wrong(tx, draft, calendarDate(tx.now));
      if (wrong.length > 0) return refuse(wrong);
      const number = await this.table.publish(tx, draft.id, { id: viewer.userId, name: viewer.name });
      const { content, effectiveFrom } = draft;
      const summary = summaryOf.published(this.kind, number, effectiveFrom);
      return ok(this.done(draft.id, summary, { number: number - 1 }, { number, effectiveFrom, content }));
    });
    this.newest.forget();
    return published;
  }

  private async onDraft(
    act: string,
    viewer: Viewer,
    { id, idempotencyKey, expectedVersion }: EditionWish,
    input: Record<string, unknown>,
    work: (tx: Tx, draft: Row) => Promise<Result<ReturnType<Editions<Content, Row>['done']>, readonly Refusal[]>>,
  ): EditionAnswer {
    const name = `${this.kind.act}.${act}`;
    return this.acts.perform(
      { name, actor: viewer, idempotencyKey, input: { id: id ?? null, expectedVersion, ...input } },
      async (tx) => {
        const draft = id === undefined ? null : await this.table.locked(tx, id);
        const refused = refusedChange(this.kind, draft, expectedVersion, name);
        return refused || !draft ? refuse(refused ? [refused] : []) : work(tx, draft);
      },
    );
  }

  private done(id: string, summary: Bilingual, before: unknown, after: unknown) {
    const { objectType } = this.kind;
    return { value: { id }, audit: { objectType, objectId: id, departmentId: null, summary, before, after } };
  }
}

function changedBy(tx: Tx, viewer: Viewer) {
  return { changedAt: tx.now, changedById: viewer.userId, changedBy: viewer.name };
}
