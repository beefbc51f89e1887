import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { decideAct, maySee, NO_APPROVAL, unknownRequest } from './domain/decide.js';
import {
  checkForm,
  decideSave,
  FORMS_MAX,
  forgottenAt,
  tooManyForms,
  type UnfinishedFormRow,
} from './domain/unfinished-form.js';
import { RequestsRepository } from './requests.repository.js';
import { UnfinishedFormsRepository } from './unfinished-forms.repository.js';

export interface FormWish {
  /** undefined = an id that is none. */
  readonly requestId: string | null | undefined;
  readonly requestVersion: number | null;
  readonly startKey: string;
  /** 0 = it was never saved. */
  readonly expectedVersion: number;
  readonly form: string;
}

/** Of one statement: no delete holds more rows than these locked. */
const REMOVED_AT_ONCE = 500;
/** Statements of one round; the next minute brings the next. */
const REMOVALS_PER_ROUND = 20;

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/**
 * Forms that are still being filled in, kept word by word so that they survive sign-out. They are no acts: nothing is asked
 * by them, so they have no audit row, and leave with the save of the draft that they become.
 */
@Injectable()
export class UnfinishedForms {
  constructor(
    private readonly repository: UnfinishedFormsRepository,
    private readonly requests: RequestsRepository,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** null = not there, or another's: one's own, or beside a draft that one may change. */
  async form(viewer: Viewer, id: string): Promise<UnfinishedFormRow | null> {
    const row = await this.repository.byId(id, this.forgotten());
    if (!row) return null;
    if (row.requestId === null) return row.ownerId === viewer.userId ? row : null;
    const scope = scopeFor(viewer, 'REQUEST', 'EDIT');
    const request = scope ? await this.requests.inScope(scope, row.requestId) : null;
    return request && maySee(viewer, request) ? row : null;
  }

  /** The viewer's own that are no draft yet, the last saved first. */
  own(viewer: Viewer): Promise<UnfinishedFormRow[]> {
    return this.repository.ofOwner(viewer.userId, this.forgotten());
  }

  /** Batch for loaders; callers show them to whoever may change the request. */
  readonly besideRequests = async (ids: readonly string[]): Promise<(UnfinishedFormRow | null)[]> =>
    inOrderOf(ids, await this.repository.besideRequests(ids, this.forgotten()), (row) => row.requestId ?? '');

  async save(viewer: Viewer, wish: FormWish): Answer {
    const wrong = checkForm(wish.form);
    if (wrong) return refuse([wrong]);
    try {
      return await this.unitOfWork.run((tx) => this.keep(tx, viewer, wish));
    } catch (error) {
      // Two windows began it at once: the second finds the first's.
      if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
      return this.unitOfWork.run((tx) => this.keep(tx, viewer, wish));
    }
  }

  async discard(viewer: Viewer, id: string): Answer {
    const row = await this.form(viewer, id);
    if (!row) return refuse([unknownForm()]);
    await this.unitOfWork.run((tx) => this.repository.removeOwn(tx, row.ownerId, id));
    return ok({ id });
  }

  /** In the transaction in which it becomes a draft. */
  async becomeDraft(tx: Tx, viewer: Viewer, id: string): Promise<void> {
    await this.repository.removeOwn(tx, viewer.userId, id);
  }

  /** In the transaction that saves the draft itself: what was kept beside it is in it now. */
  leave(tx: Tx, requestId: string): Promise<void> {
    return this.repository.removeBeside(tx, requestId);
  }

  /** Removes what nobody went on with (FORM_LIFE_DAYS). Called by the worker's housekeeping. */
  async removeForgotten(): Promise<number> {
    let removed = 0;
    for (let round = 0; round < REMOVALS_PER_ROUND; round += 1) {
      const gone = await this.repository.removeUntouched(this.forgotten(), REMOVED_AT_ONCE);
      removed += gone;
      if (gone < REMOVED_AT_ONCE) break;
    }
    return removed;
  }

  private forgotten(): Date {
    return forgottenAt(this.clock.now());
  }

  private async keep(tx: Tx, viewer: Viewer, wish: FormWish): Answer {
    const { requestId, requestVersion, startKey, form } = wish;
    if (requestId !== null) {
      const scope = scopeFor(viewer, 'REQUEST', 'EDIT');
      const request = scope ? await this.requests.locked(tx, scope, requestId) : null;
      if (!request || requestId === undefined) return refuse([unknownRequest()]);
      const allowed = decideAct(viewer, request, 'EDIT', { expectedVersion: requestVersion ?? 0 }, NO_APPROVAL);
      if (!allowed.ok) return allowed;
    }
    const place = requestId ? { requestId } : { ownerId: viewer.userId, startKey };
    const kept = await this.repository.locked(tx, place);
    const saved = { form, requestVersion, ownerId: viewer.userId, ownerName: viewer.name, savedAt: tx.now };
    // What stood beside an older version of the draft was saved over with it: this is another form.
    // So is one whose time was over: housekeeping had only not come by yet.
    const goesOn = kept && kept.savedAt > forgottenAt(tx.now);
    if (kept && goesOn && kept.requestVersion === requestVersion) {
      const decided = decideSave(kept, wish);
      if (!decided.ok) return decided;
      if (decided.value === 'SAVE') await this.repository.save(tx, kept.id, { ...saved, version: kept.version + 1 });
      return ok({ id: kept.id });
    }
    if (kept) {
      await this.repository.save(tx, kept.id, { ...saved, startKey, version: kept.version + 1 });
      return ok({ id: kept.id });
    }
    if (requestId === null && (await this.repository.countOf(tx, viewer.userId, forgottenAt(tx.now))) >= FORMS_MAX)
      return refuse([tooManyForms()]);
    const id = newId(tx.now.getTime());
    await this.repository.insert(tx, { ...saved, id, requestId: requestId ?? null, startKey, version: 1 });
    return ok({ id });
  }
}

function unknownForm(): Refusal {
  return { ...unknownRequest(), path: ['id'] };
}
