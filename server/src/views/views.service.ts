import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { decideView, freePlace, isListName, tooManyViews, type ViewWish } from './domain/saved-view.js';
import { ViewsRepository } from './views.repository.js';
import type { SavedView } from './views.types.js';

/** Views that people keep of lists: each one's own, seen and changed by nobody else. */
@Injectable()
export class ViewsService {
  constructor(
    private readonly repository: ViewsRepository,
    private readonly acts: Acts,
  ) {}

  async ofList(viewer: Viewer, listName: string): Promise<SavedView[]> {
    return isListName(listName) ? this.repository.ofList(viewer.userId, listName) : [];
  }

  /** null = not there, or another person's. */
  own(viewer: Viewer, id: string): Promise<SavedView | null> {
    return this.repository.own(viewer.userId, id);
  }

  /** Keeps the view; one of the same name in the same list is replaced. */
  async save(
    viewer: Viewer,
    wish: ViewWish & { readonly idempotencyKey: string },
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'view.save', actor: viewer, idempotencyKey, input }, async (tx) => {
      const decided = decideView(input);
      if (!decided.ok) return decided;
      const { list: listName, name, state } = decided.value;
      const known = await this.repository.liveByName(tx, viewer.userId, listName, name);
      const place = freePlace(await this.repository.livePlaces(tx, viewer.userId, listName));
      if (!known && place === undefined) return refuse([tooManyViews()]);
      const id = known?.id ?? newId(tx.now.getTime());
      if (known) await this.repository.replaceState(tx, id, state);
      else
        await this.repository.insert(tx, {
          id,
          userId: viewer.userId,
          listName,
          place: place as number,
          name,
          state,
          createdAt: tx.now,
          updatedAt: tx.now,
        });
      return ok({
        value: { id },
        audit: {
          objectType: 'SavedView',
          objectId: id,
          departmentId: viewer.departmentId,
          summary: say(`保存视图 ${name}`, `Save the view ${name}`),
          before: known && { state: known.state },
          after: { listName, name, state },
        },
      });
    });
  }

  async remove(
    viewer: Viewer,
    id: string | undefined,
    idempotencyKey: string,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    return this.acts.perform(
      { name: 'view.delete', actor: viewer, idempotencyKey, input: { id: id ?? null } },
      async (tx) => {
        const view = id === undefined ? null : await this.repository.locked(tx, viewer.userId, id);
        if (!view) return refuse([unknownView()]);
        await this.repository.remove(tx, view.id);
        return ok({
          value: { id: view.id },
          audit: {
            objectType: 'SavedView',
            objectId: view.id,
            departmentId: viewer.departmentId,
            summary: say(`删除视图 ${view.name}`, `Delete the view ${view.name}`),
            before: { listName: view.listName, name: view.name, state: view.state },
          },
        });
      },
    );
  }
}

function unknownView(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这个视图', 'There is no such view') };
}
