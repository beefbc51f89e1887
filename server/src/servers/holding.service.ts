import { Injectable } from '@nestjs/common';
import { type Near, NOTHING_NEAR } from '../cabinets/domain/nearness.js';
import { HolderZones } from '../cabinets/holder-zones.service.js';
import { SpaceSights } from '../cabinets/space-sights.service.js';
import { CenterLives } from '../facilities/center-lives.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { byRank } from './domain/ranking.js';
import { UNUSED } from './domain/server-state.js';
import { FreeServers } from './free-servers.service.js';
import { ServerLifeService } from './server-life.service.js';
import { ServersRepository } from './servers.repository.js';
import type { ServerCriteria, ServerRow } from './servers.types.js';

interface HoldSubject {
  readonly id: string;
  readonly actorName: string;
}

/** Beyond those that are asked: who comes second finds others in the same look. */
const SPARE_CANDIDATES = 100;
/** A free server may be lost to others between looking and taking; that often in a row means there is none. */
const ROUNDS_MAX = 5;

/** Takes standalone servers for requests: one holder each, whoever asks at the same moment. */
@Injectable()
export class HoldingService {
  constructor(
    private readonly repository: ServersRepository,
    private readonly life: ServerLifeService,
    private readonly lives: CenterLives,
    private readonly sights: SpaceSights,
    private readonly zones: HolderZones,
    private readonly free: FreeServers,
  ) {}

  /** One free server that meets the criteria, held for the subject (a request); null = none is free. */
  async holdOne(tx: Tx, criteria: ServerCriteria, subject: HoldSubject): Promise<string | null> {
    return (await this.holdMany(tx, criteria, 1, subject))?.[0] ?? null;
  }

  /**
   * So many free servers that meet the criteria, the best ranked first; null = there are fewer, and the caller rolls back.
   * Each is taken by the condition that it is free still, so that it has one holder or none; what others were quicker at is
   * replaced by the next of the ranked. Three statements where nobody else takes, however many are asked; one more where
   * the system has something in cabinets: of equals the nearer ones are taken then (B8).
   */
  async holdMany(
    tx: Tx,
    criteria: ServerCriteria,
    count: number,
    subject: HoldSubject,
    near: Near = NOTHING_NEAR,
  ): Promise<readonly string[] | null> {
    const closed = await this.lives.refusals(tx, [{ centerId: criteria.centerId, what: 'PROMISE', path: [] }]);
    if (closed.length > 0) return null;
    // The center is kept: no window begins there before this transaction ends.
    const shut = [...(await this.sights.standingInShut(tx, [criteria.centerId]))];
    const held: string[] = [];
    for (let round = 1; round <= ROUNDS_MAX && held.length < count; round += 1) {
      const candidates = await this.ranked(tx, criteria, count - held.length + SPARE_CANDIDATES, shut, near);
      if (candidates.length === 0) return null;
      while (candidates.length > 0 && held.length < count)
        held.push(...(await this.repository.takeHolds(tx, candidates.splice(0, count - held.length), subject.id)));
    }
    if (held.length < count) return null;
    await this.tell(tx, held, subject);
    return held;
  }

  private async tell(tx: Tx, serverIds: readonly string[], { actorName }: HoldSubject): Promise<void> {
    const text = say('预占', 'Held');
    await this.repository.appendEvents(
      tx,
      serverIds.map((serverId) => ({ serverId, kind: 'HOLD', state: 'HELD', text, actorName, departmentId: null })),
    );
  }

  /**
   * These very servers, chosen because of where they stand; false = one of them is not to be had there any more, and the
   * caller rolls back and chooses anew.
   */
  async holdThese(
    tx: Tx,
    centerId: string,
    chosen: readonly { readonly id: string; readonly cabinetId: string }[],
    subject: HoldSubject,
  ): Promise<boolean> {
    const closed = await this.lives.refusals(tx, [{ centerId, what: 'PROMISE', path: [] }]);
    if (closed.length > 0) return false;
    const shut = await this.sights.standingInShut(tx, [centerId]);
    const ids = chosen.map(({ id }) => id);
    const held = await this.repository.takeHolds(tx, ids, subject.id);
    if (held.length < ids.length) return false;
    const holders = await this.free.holdersOf(ids, tx);
    const standing = await this.zones.of([...holders.values()], tx);
    const stays = chosen.every(({ id, cabinetId }) => {
      const holderId = holders.get(id) ?? '';
      return standing.get(holderId)?.cabinetId === cabinetId && !shut.has(holderId);
    });
    if (stays) await this.tell(tx, ids, subject);
    return stays;
  }

  /** Where the system stands nowhere, the database ranks; else all that are equal in size are looked at. */
  private async ranked(
    tx: Tx,
    criteria: ServerCriteria,
    limit: number,
    shut: readonly string[],
    near: Near,
  ): Promise<string[]> {
    if (near.roomIds.length === 0)
      return (await this.repository.candidates(tx, criteria, limit, shut)).map(({ id }) => id);
    const all = await this.repository.candidates(tx, criteria, null, shut);
    const standing = await this.zones.of(
      all.flatMap(({ holderId }) => holderId ?? []),
      tx,
    );
    return all
      .map((one) => ({ ...one, at: standing.get(one.holderId ?? '') }))
      .toSorted(byRank(near))
      .slice(0, limit)
      .map(({ id }) => id);
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
