import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf } from '../platform/database/unit-of-work.js';
import { EnergyRepository } from './energy.repository.js';

const TOKEN_BYTES = 32;
const NAME_LENGTH_MAX = 60;

/** Who may push readings. */
@Injectable()
export class ReadingSources {
  constructor(
    private readonly repository: EnergyRepository,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The token is told once, to whoever asked, and never again: only its SM3 is kept. */
  async register(
    viewer: Viewer,
    wish: { name: string; idempotencyKey: string },
  ): Promise<Result<{ id: string; token: string | null }, readonly Refusal[]>> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const name = wish.name.trim();
    const id = newId(this.clock.now().getTime());
    const done = await this.acts.perform(
      { name: 'energy.registerSource', actor: viewer, idempotencyKey: wish.idempotencyKey, input: { name } },
      async (tx) => {
        if (name.length < 1 || name.length > NAME_LENGTH_MAX)
          return refuse([
            invalid(say(`名称须为 1 至 ${NAME_LENGTH_MAX} 字`, `A name of 1 to ${NAME_LENGTH_MAX} characters`)),
          ]);
        try {
          await this.repository.addSource(tx, {
            id,
            name,
            tokenHash: this.hash(token),
            createdAt: tx.now,
            revokedAt: null,
          });
        } catch (error) {
          if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
          return refuse([invalid(say('名称已被使用', 'The name is taken'))]);
        }
        return ok({
          value: { id },
          audit: {
            objectType: 'ReadingSource',
            objectId: id,
            departmentId: null,
            summary: say(`登记读数来源 ${name}`, `Register reading source ${name}`),
          },
        });
      },
    );
    // The same press again finds the source that it made, but its token was told already.
    return done.ok ? ok({ id: done.value.id, token: done.value.id === id ? token : null }) : done;
  }

  /** null = no such token, or it was revoked. */
  async sourceOf(token: string): Promise<string | null> {
    return (await this.repository.sourceByToken(this.hash(token)))?.id ?? null;
  }

  private hash(token: string): string {
    return this.crypto.sm3(token).toString('hex');
  }
}

function invalid(message: ReturnType<typeof say>): Refusal {
  return { code: 'INVALID_INPUT', path: ['name'], rule: 'name', message };
}
