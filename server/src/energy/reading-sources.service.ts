import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { type ReadingSourceRow, ReadingSourcesRepository } from './reading-sources.repository.js';

const TOKEN_BYTES = 32;
const NAME_LENGTH_MAX = 60;
const REASON_LENGTH_MAX = 200;
/** A province has a handful of 动环 and PDU gateways; a page shows them all. */
export const SOURCES_IN_FORCE_MAX = 100;
/** With those that were revoked, the newest names of which are seldom asked for. */
const SOURCES_SHOWN_MAX = 200;

/** Who may push readings, and of which centers. */
@Injectable()
export class ReadingSources {
  constructor(
    private readonly repository: ReadingSourcesRepository,
    private readonly facilities: FacilitiesService,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(): Promise<ReadingSourceRow[]> {
    return this.repository.all(SOURCES_SHOWN_MAX);
  }

  /** Batch for loaders. */
  readonly sources = async (ids: readonly string[]): Promise<(ReadingSourceRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), (source) => source.id);

  /** The token is told once, to whoever asked, and never again: only its SM3 is kept. */
  async register(
    viewer: Viewer,
    wish: {
      readonly name: string;
      readonly centerIds: readonly (string | undefined)[];
      readonly idempotencyKey: string;
    },
  ): Promise<Result<{ id: string; token: string | null }, readonly Refusal[]>> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const name = wish.name.trim();
    const id = newId(this.clock.now().getTime());
    const centerIds = [...new Set(wish.centerIds)].map((centerId) => centerId ?? '-');
    const centers = await this.facilities.centersByIds(centerIds);
    const done = await this.acts.perform(
      { name: 'energy.registerSource', actor: viewer, idempotencyKey: wish.idempotencyKey, input: { name, centerIds } },
      async (tx) => {
        const refusals: Refusal[] = [];
        if (name.length < 1 || name.length > NAME_LENGTH_MAX)
          refusals.push(
            invalid('name', say(`名称须为 1 至 ${NAME_LENGTH_MAX} 字`, `A name of 1 to ${NAME_LENGTH_MAX} characters`)),
          );
        if (centers.length === 0)
          refusals.push(invalid('centerIds', say('至少选择一个数据中心', 'Choose one center at least')));
        if (centers.some((center) => center === null)) refusals.push(unknownCenter());
        if (refusals.length > 0) return refuse(refusals);
        if ((await this.repository.countInForce(tx)) >= SOURCES_IN_FORCE_MAX)
          return refuse([
            invalid(
              'name',
              say(
                `最多 ${SOURCES_IN_FORCE_MAX} 个有效来源，请先吊销不用的`,
                `At most ${SOURCES_IN_FORCE_MAX} sources in force; revoke one first`,
              ),
            ),
          ]);
        try {
          await this.repository.add(
            tx,
            {
              id,
              name,
              tokenHash: this.hash(token),
              createdAt: tx.now,
              registeredBy: viewer.name,
              revokedAt: null,
              revokedBy: null,
              revokeReason: null,
              lastPushedAt: null,
              lastReadingAt: null,
            },
            centerIds,
          );
        } catch (error) {
          if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
          return refuse([invalid('name', say('名称已被使用', 'The name is taken'))]);
        }
        const codes = centers.flatMap((center) => center?.code ?? []);
        return ok({
          value: { id },
          audit: {
            objectType: 'ReadingSource',
            objectId: id,
            departmentId: null,
            summary: say(`登记读数来源 ${name}`, `Register reading source ${name}`),
            after: { name, centers: codes },
          },
        });
      },
    );
    // The same press again finds the source that it made, but its token was told already.
    return done.ok ? ok({ id: done.value.id, token: done.value.id === id ? token : null }) : done;
  }

  /** Its token opens nothing from here on. What it told stays: it was measured. */
  revoke(
    viewer: Viewer,
    wish: { readonly sourceId: string | undefined; readonly reason: string; readonly idempotencyKey: string },
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    return this.acts.perform(
      { name: 'energy.revokeSource', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const source = wish.sourceId === undefined ? null : await this.repository.locked(tx, wish.sourceId);
        if (!source)
          return refuse([
            {
              code: 'UNKNOWN_REFERENCE',
              path: ['id'],
              message: say('没有这个读数来源', 'There is no such reading source'),
            },
          ]);
        const reason = wish.reason.trim();
        if (reason.length < 1 || reason.length > REASON_LENGTH_MAX)
          return refuse([
            invalid(
              'reason',
              say(`请说明原因，1 至 ${REASON_LENGTH_MAX} 字`, `Give a reason of 1 to ${REASON_LENGTH_MAX} characters`),
            ),
          ]);
        if (source.revokedAt !== null)
          return refuse([
            {
              code: 'ILLEGAL_TRANSITION',
              path: ['id'],
              state: 'REVOKED',
              action: 'REVOKE',
              message: say('该来源已被吊销', 'It was revoked already'),
            },
          ]);
        await this.repository.revoke(tx, source.id, viewer.name, reason);
        return ok({
          value: { id: source.id },
          audit: {
            objectType: 'ReadingSource',
            objectId: source.id,
            departmentId: null,
            summary: say(`吊销读数来源 ${source.name}`, `Revoke reading source ${source.name}`),
            before: { revokedAt: null },
            after: { revokedAt: tx.now.toISOString(), reason },
          },
        });
      },
    );
  }

  /** null = no such token, or it was revoked. */
  sourceOf(token: string): Promise<ReadingSourceRow | null> {
    return this.repository.byToken(this.hash(token));
  }

  private hash(token: string): string {
    return this.crypto.sm3(token).toString('hex');
  }
}

function invalid(field: string, message: ReturnType<typeof say>): Refusal {
  return { code: 'INVALID_INPUT', path: [field], rule: field, message };
}

function unknownCenter(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['centerIds'],
    message: say('没有这个数据中心', 'There is no such center'),
  };
}
