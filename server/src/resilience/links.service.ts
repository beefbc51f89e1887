import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import type { ArbiterPath } from './domain/dr-link.js';
import { refusedPaths, unknown, wrongVersion } from './domain/dr-refusals.js';
import { LinksRepository } from './links.repository.js';
import type { LinkRow } from './resilience.types.js';

/** The links between the centers, and by which ways each end reaches the arbiter. */
@Injectable()
export class Links {
  constructor(
    private readonly repository: LinksRepository,
    private readonly acts: Acts,
  ) {}

  all(): Promise<LinkRow[]> {
    return this.repository.all();
  }

  one(id: string): Promise<LinkRow | null> {
    return this.repository.one(id);
  }

  readonly requestsOf = (ids: readonly string[]) => this.repository.requestsOf(ids);
  readonly changesOf = (ids: readonly string[]) => this.repository.changesOf(ids);

  async setPaths(
    viewer: Viewer,
    wish: {
      readonly linkId: string | undefined;
      readonly expectedVersion: number;
      readonly arbiterPaths: readonly ArbiterPath[];
      readonly idempotencyKey: string;
    },
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    const asked = { ...input, arbiterPaths: plain(input.arbiterPaths) };
    return this.acts.perform({ name: 'drLink.setPaths', actor: viewer, idempotencyKey, input: asked }, async (tx) => {
      const link = wish.linkId === undefined ? null : await this.repository.locked(tx, wish.linkId);
      if (!link) return refuse([unknown('id')]);
      const stopped = wrongVersion(wish.expectedVersion, link.version);
      if (stopped) return refuse([stopped]);
      const wrong = refusedPaths(wish.arbiterPaths);
      if (wrong.length > 0) return refuse(wrong);
      const paths = plain(wish.arbiterPaths);
      await this.repository.setPaths(tx, link, paths);
      return ok({
        value: { id: link.id },
        audit: {
          objectType: 'DrLink',
          objectId: link.id,
          departmentId: null,
          summary: say('修改链路的仲裁路径', 'Change the ways to the arbiter of a link'),
          before: { arbiterPaths: plain(link.arbiterPaths) },
          after: { arbiterPaths: paths },
        },
      });
    });
  }
}

const plain = (paths: readonly ArbiterPath[]) =>
  paths.map(({ from, target, via }) => ({ from, via: via.trim(), target: target?.trim() || null }));
