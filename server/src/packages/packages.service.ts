import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { DraftLines } from '../requests/draft-lines.service.js';
import {
  checkPackage,
  notNow,
  PACKAGES_MAX,
  type PackageContent,
  type RequestPackage,
  unknownPackage,
} from './domain/package.js';
import { PackagesRepository } from './packages.repository.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export interface PackageWish {
  readonly id: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** Packages (套餐): kept and published by whoever keeps the catalog; a request that begins with one is free to change it. */
@Injectable()
export class PackagesService {
  constructor(
    private readonly repository: PackagesRepository,
    private readonly draftLines: DraftLines,
    private readonly acts: Acts,
  ) {}

  published(): Promise<RequestPackage[]> {
    return this.repository.published();
  }

  all(): Promise<RequestPackage[]> {
    return this.repository.all();
  }

  package(id: string): Promise<RequestPackage | null> {
    return this.repository.byId(id);
  }

  /** Of a demonstration: offered at once. */
  async addPublished(tx: Tx, contents: readonly PackageContent[], by: string): Promise<void> {
    for (const [at, content] of contents.entries()) {
      // Ids of one moment are in no order; packages are shown in that of their making.
      const id = newId(tx.now.getTime() + at);
      const published = { number: 1, published: content, publishedAt: tx.now, publishedBy: by };
      await this.repository.insert(tx, { id, state: 'PUBLISHED', version: 1, content, ...published });
      await this.repository.appendVersion(tx, id, 1, content, by);
    }
  }

  /** @param wish.id null = a new one. */
  async save(
    actor: Actor,
    content: PackageContent,
    wish: Omit<PackageWish, 'id'> & { readonly id: string | null },
  ): Answer {
    const wrong = checkPackage(content);
    const { idempotencyKey, ...input } = { ...wish, content };
    return this.acts.perform({ name: 'package.save', actor, idempotencyKey, input }, async (tx) => {
      if (wrong.length > 0) return refuse(wrong);
      if (wish.id === null) {
        if ((await this.repository.count(tx)) >= PACKAGES_MAX) return refuse([tooMany()]);
        const id = newId(tx.now.getTime());
        const never = { number: null, published: null, publishedAt: null, publishedBy: null };
        await this.repository.insert(tx, { id, state: 'DRAFT', version: 1, content, ...never });
        return ok({ value: { id }, audit: factOf(id, '新建', 'Made', content, null) });
      }
      const found = await this.repository.locked(tx, wish.id);
      if (!found) return refuse([unknownPackage()]);
      const late = notNow(found, wish.expectedVersion);
      if (late) return refuse([late]);
      await this.repository.update(tx, found.id, { content, version: found.version + 1 });
      return ok({ value: { id: found.id }, audit: factOf(found.id, '修改', 'Changed', content, found.content) });
    });
  }

  /** Its lines are judged by the rules of every request: what is offered as a package can be asked for. */
  async publish(viewer: Viewer, wish: PackageWish): Answer {
    const seen = await this.repository.byId(wish.id);
    const wrong = seen ? await this.wrongLines(seen.content) : [];
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'package.publish', actor: viewer, idempotencyKey, input }, async (tx) => {
      const found = await this.repository.locked(tx, wish.id);
      if (!found || !seen) return refuse([unknownPackage()]);
      const late = notNow(found, wish.expectedVersion) ?? notNow(found, seen.version);
      if (late) return refuse([late]);
      if (wrong.length > 0) return refuse(wrong);
      const number = (found.number ?? 0) + 1;
      await this.repository.update(tx, found.id, {
        ...{ state: 'PUBLISHED', version: found.version + 1, number },
        ...{ published: found.content, publishedAt: tx.now, publishedBy: viewer.name },
      });
      await this.repository.appendVersion(tx, found.id, number, found.content, viewer.name);
      return ok({
        value: { id: found.id },
        audit: factOf(
          found.id,
          `发布第 ${number} 版`,
          `Published version ${number} of`,
          found.content,
          found.published,
        ),
      });
    });
  }

  withdraw(actor: Actor, wish: PackageWish): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'package.withdraw', actor, idempotencyKey, input }, async (tx) => {
      const found = await this.repository.locked(tx, wish.id);
      if (!found) return refuse([unknownPackage()]);
      const late = notNow(found, wish.expectedVersion);
      if (late) return refuse([late]);
      if (found.state !== 'PUBLISHED') return refuse([notOffered(found)]);
      await this.repository.update(tx, found.id, { state: 'WITHDRAWN', version: found.version + 1 });
      return ok({ value: { id: found.id }, audit: factOf(found.id, '下架', 'Withdrew', found.content, found.content) });
    });
  }

  private async wrongLines({ lines }: PackageContent): Promise<Refusal[]> {
    const refused = await this.draftLines.refusalsOf({
      systemId: undefined,
      projectId: undefined,
      purpose: '-',
      lines,
    });
    return refused.map(({ line, refusal }) => ({ ...refusal, path: ['lines', String(line), ...refusal.path] }));
  }
}

function factOf(id: string, zh: string, en: string, after: PackageContent, before: PackageContent | null) {
  return {
    objectType: 'RequestPackage',
    objectId: id,
    departmentId: null,
    summary: say(`${zh}套餐 ${after.name}`, `${en} the package ${after.name}`),
    before,
    after,
  };
}

function tooMany(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['name'],
    rule: 'count',
    message: say(`最多 ${PACKAGES_MAX} 个套餐`, `At most ${PACKAGES_MAX} packages`),
  };
}

function notOffered({ state }: RequestPackage): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state,
    action: 'WITHDRAW',
    message: say('套餐没有在架', 'The package is not offered'),
  };
}
