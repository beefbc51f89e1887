import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { PeopleRights } from '../identity/people-rights.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import {
  checkToken,
  expiryOf,
  narrowedInVain,
  TOKENS_PER_PERSON_MAX,
  type TokenWish,
  tokenText,
} from './domain/token.js';
import { changedToken, ownToken, tokenOver, tooManyTokens, unknownToken } from './token-refusals.js';
import type { ExportTokenEntity } from './tokens.entity.js';
import { type TokenRow, type TokenSight, TokensRepository } from './tokens.repository.js';

export interface CreateTokenWish extends TokenWish {
  readonly idempotencyKey: string;
  /** undefined = no id of this kind; null = all that its owner reads. */
  readonly departmentId: string | null | undefined;
}

export interface TokenActWish {
  readonly idempotencyKey: string;
  readonly id: string | undefined;
  readonly expectedVersion: number;
}

export interface CreatedToken {
  readonly id: string;
  /** The token itself, this once; null = it was shown already, to the same press. */
  readonly token: string | null;
}

type Refused = readonly Refusal[];

/** 256 bits, base64url. */
const SECRET_BYTES = 32;
const PUBLIC_ID_BYTES = 8;

/** 导出令牌: made by whoever reads costs, for exports only; a service's is agreed by the security administrator. */
@Injectable()
export class TokensService {
  constructor(
    private readonly repository: TokensRepository,
    private readonly people: PeopleRights,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The three administrators make none: who grants does not use. */
  sightOf(viewer: Viewer): TokenSight {
    return scopeFor(viewer, 'ROLE', 'READ') ? 'ALL' : { ownerId: viewer.userId };
  }

  page(viewer: Viewer, page: PageRequest): Promise<Page<TokenRow>> {
    return this.repository.page(this.sightOf(viewer), page);
  }

  async token(viewer: Viewer, id: string): Promise<TokenRow | null> {
    const [row] = await this.repository.byIds(this.sightOf(viewer), [id]);
    return row ?? null;
  }

  /** @param scope whose costs the person reads; the token reads no more, now or later. */
  async create(viewer: Viewer, scope: TenantScope, wish: CreateTokenWish): Promise<Result<CreatedToken, Refused>> {
    const { departmentId, idempotencyKey, ...input } = wish;
    const malformed: Refusal[] = checkToken(wish);
    if (departmentId !== null && (departmentId === undefined || !covers(scope, departmentId)))
      malformed.push(unknownToken(['departmentId']));
    malformed.push(...narrowedInVain(wish.exports, departmentId ?? null));
    const [publicId, secret] = [
      randomBytes(PUBLIC_ID_BYTES).toString('hex'),
      randomBytes(SECRET_BYTES).toString('base64url'),
    ];
    let made = false;
    const created = await this.acts.perform(
      { name: 'exportToken.create', actor: viewer, idempotencyKey, input: { ...input, departmentId } },
      async (tx) => {
        if (malformed.length > 0) return refuse(malformed);
        // Counted by one press after the other: two at once would each find room for the last.
        await this.people.inTurn(tx, viewer.userId);
        if ((await this.repository.liveOf(tx, viewer.userId)) >= TOKENS_PER_PERSON_MAX)
          return refuse([tooManyTokens()]);
        const row: ExportTokenEntity = {
          ...{ id: newId(tx.now.getTime()), publicId, secretHash: this.hashOf(secret), version: 1 },
          ...{ kind: wish.kind, state: wish.kind === 'SERVICE' ? 'WAITING' : 'ACTIVE', purpose: wish.purpose.trim() },
          ...{ exports: wish.exports, ownerId: viewer.userId, ownerName: viewer.name },
          ...{ ownerDepartmentId: viewer.departmentId, departmentId: departmentId ?? null },
          ...{ createdAt: tx.now, expiresAt: expiryOf(tx.now, wish.days) },
          ...{ approvedById: null, approvedByName: null, approvedAt: null, revokedByName: null, revokedAt: null },
          ...{ lastUsedAt: null, lastUsedAddress: null, uses: 0, windowAt: null, windowUses: 0 },
        };
        await this.repository.insert(tx, row);
        made = true;
        return ok({
          value: { id: row.id },
          audit: {
            ...{ objectType: 'ExportToken', objectId: row.id, departmentId: row.departmentId ?? viewer.departmentId },
            summary: say(`创建导出令牌：${row.purpose}`, `Made a token for exports: ${row.purpose}`),
            after: { kind: row.kind, exports: row.exports, expiresAt: row.expiresAt, state: row.state },
          },
        });
      },
    );
    if (!created.ok) return created;
    return ok({ id: created.value.id, token: made ? tokenText({ publicId, secret }) : null });
  }

  /** By the security administrator, who reads no costs; never one's own. */
  approve(viewer: Viewer, wish: TokenActWish): Promise<Result<{ id: string }, Refused>> {
    return this.decide(viewer, 'exportToken.approve', wish, (token) => {
      if (token.ownerId === viewer.userId) return refuse([ownToken()]);
      // Agreed to after its end it would stand as in force in the evidence, and open nothing.
      if (token.state !== 'WAITING' || this.isOver(token)) return refuse([tokenOver(token.state, 'APPROVE')]);
      return ok({ state: 'ACTIVE', approvedById: viewer.userId, approvedByName: viewer.name });
    });
  }

  /** At once and for good: by its owner, or by the security administrator. */
  revoke(viewer: Viewer, wish: TokenActWish): Promise<Result<{ id: string }, Refused>> {
    return this.decide(viewer, 'exportToken.revoke', wish, (token) =>
      token.state === 'REVOKED'
        ? refuse([tokenOver(token.state, 'REVOKE')])
        : ok({ state: 'REVOKED', revokedByName: viewer.name }),
    );
  }

  private decide(
    viewer: Viewer,
    name: 'exportToken.approve' | 'exportToken.revoke',
    { idempotencyKey, ...wish }: TokenActWish,
    changeOf: (token: ExportTokenEntity) => Result<Partial<ExportTokenEntity>, Refused>,
  ): Promise<Result<{ id: string }, Refused>> {
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const token = wish.id === undefined ? null : await this.repository.locked(tx, this.sightOf(viewer), wish.id);
      if (!token) return refuse([unknownToken(['id'])]);
      const change = changeOf(token);
      if (!change.ok) return change;
      if (token.version !== wish.expectedVersion) return refuse([changedToken(wish.expectedVersion, token.version)]);
      const revoked = change.value.state === 'REVOKED';
      await this.repository.update(tx, token.id, {
        ...change.value,
        ...(revoked ? { revokedAt: tx.now } : { approvedAt: tx.now }),
        version: token.version + 1,
      });
      return ok({
        value: { id: token.id },
        audit: {
          ...{
            objectType: 'ExportToken',
            objectId: token.id,
            departmentId: token.departmentId ?? token.ownerDepartmentId,
          },
          summary: revoked
            ? say(`撤销导出令牌：${token.purpose}`, `Revoked the token for exports: ${token.purpose}`)
            : say(`批准服务令牌：${token.purpose}`, `Agreed to the token of a service: ${token.purpose}`),
          before: { state: token.state },
          after: { state: change.value.state, owner: token.ownerName },
        },
      });
    });
  }

  hashOf(secret: string): string {
    return this.crypto.sm3(secret).toString('hex');
  }

  isOver({ expiresAt }: Pick<TokenRow, 'expiresAt'>): boolean {
    return this.clock.now() >= expiresAt;
  }
}
