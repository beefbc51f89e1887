import { Injectable } from '@nestjs/common';
import { CenterLives } from '../facilities/center-lives.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { UNUSED } from './domain/server-state.js';
import { ServerLifeService } from './server-life.service.js';
import { ServersRepository } from './servers.repository.js';
import type { ServerCriteria, ServerRow } from './servers.types.js';

/** A free server may be lost to others between looking and taking; that often in a row means there is none. */
const ROUNDS_MAX = 5;

/** Takes standalone servers for requests: one holder each, whoever asks at the same moment. */
@Injectable()
export class HoldingService {
  constructor(
    private readonly repository: ServersRepository,
    private readonly life: ServerLifeService,
    private readonly lives: CenterLives,
  ) {}

  /**
   * Holds one free server that meets the criteria for the subject (a claim or line); null = none is free. The next of
   * the ranked candidates is taken by a conditional update, so that it has one holder or none.
   */
  async holdOne(
    tx: Tx,
    criteria: ServerCriteria,
    subject: { readonly id: string; readonly actorName: string },
  ): Promise<string | null> {
    const closed = await this.lives.refusals(tx, [{ centerId: criteria.centerId, what: 'PROMISE', path: [] }]);
    if (closed.length > 0) return null;
    for (let round = 1; round <= ROUNDS_MAX; round += 1) {
      const candidates = await this.repository.candidates(tx, criteria);
      if (candidates.length === 0) return null;
      for (const id of candidates)
        if (await this.repository.takeHold(tx, id, subject.id)) {
          await this.repository.appendEvents(tx, [
            {
              serverId: id,
              kind: 'HOLD',
              state: 'HELD',
              text: say('预占', 'Held'),
              actorName: subject.actorName,
              departmentId: null,
            },
          ]);
          return id;
        }
    }
    return null;
  }

  /** Frees what is still held for the subject; nothing happens where it holds nothing. */
  async releaseHolds(tx: Tx, subjectId: string, actorName: string): Promise<string[]> {
    const held = await this.repository.heldFor(tx, subjectId);
    const moved = await this.life.moveAll(
      tx,
      actorName,
      held.map((row) => ({ row, move: 'RELEASE_HOLD' })),
    );
    if (!moved.ok) throw new Error(`a hold is always let go: ${moved.error[0]?.message.en}`);
    return held.map((row) => row.id);
  }

  /** HELD → IN_USE for the system that asked. Refused where one stands in a cabinet that is wholly another department's. */
  async allocate(
    tx: Tx,
    subjectId: string,
    user: { readonly departmentId: string; readonly systemId: string },
    actorName: string,
  ): Promise<Result<ServerRow[], readonly Refusal[]>> {
    const held = await this.repository.heldFor(tx, subjectId);
    const moved = await this.life.moveAll(
      tx,
      actorName,
      held.map((row) => ({ row, move: 'ALLOCATE', given: { ...UNUSED, ...user } })),
    );
    return moved.ok ? ok(held) : moved;
  }
}
