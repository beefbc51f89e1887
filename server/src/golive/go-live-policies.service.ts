import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { Memo } from '../platform/memo.js';
import { checkPolicy, type GoLivePolicy, type PolicyEdition } from './domain/go-live-policy.js';
import { GoLivePolicyEntity } from './go-live.entity.js';

/** Changed a few times a year; a process that did not change it hears of it this much later. */
const EDITIONS_LIFE_MS = 1_000;

/** The rules of going live, edition by edition. A case keeps the edition that it began under. */
@Injectable()
export class GoLivePolicies {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly known = new Memo<readonly PolicyEdition[]>(
    () => this.db.manager.find(GoLivePolicyEntity, { order: { number: 'ASC' } }),
    EDITIONS_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  /** What a case that begins now goes by. */
  async current(): Promise<PolicyEdition> {
    const newest = (await this.known.get()).at(-1);
    if (!newest) throw new Error('no rules of going live');
    return newest;
  }

  async edition(number: number): Promise<PolicyEdition> {
    const find = async () => (await this.known.get()).find((one) => one.number === number);
    const found = await find();
    if (found) return found;
    // Published by another process a moment ago.
    this.known.forget();
    const again = await find();
    if (!again) throw new Error(`no edition ${number} of the rules of going live`);
    return again;
  }

  async publish(
    actor: Actor,
    wish: { readonly content: GoLivePolicy; readonly expectedNumber: number; readonly idempotencyKey: string },
  ): Promise<Result<{ number: number }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    const answer = await this.acts.perform(
      { name: 'goLive.publishRules', actor, idempotencyKey, input },
      async (tx) => {
        const wrong = checkPolicy(wish.content);
        if (wrong.length > 0) return refuse(wrong);
        const [newest] = await tx.manager.find(GoLivePolicyEntity, {
          order: { number: 'DESC' },
          take: 1,
          lock: { mode: 'pessimistic_write' },
        });
        const current = newest?.number ?? 0;
        if (current !== wish.expectedNumber) return refuse([changedMeanwhile(wish.expectedNumber, current)]);
        const number = current + 1;
        const { content } = wish;
        await tx.manager.insert(GoLivePolicyEntity, { number, content, publishedAt: tx.now, publishedBy: actor.name });
        return ok({
          value: { number },
          audit: {
            objectType: 'GoLivePolicy',
            objectId: String(number),
            departmentId: null,
            summary: say(`发布上线验收规则第 ${number} 版`, `Publish edition ${number} of the rules of going live`),
            before: newest?.content,
            after: content,
          },
        });
      },
    );
    this.known.forget();
    return answer;
  }
}

function changedMeanwhile(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedNumber'],
    expected,
    current,
    message: say('规则刚被他人发布新版，请刷新后再改', 'Somebody has just published an edition; look again first'),
  };
}
