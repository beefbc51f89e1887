import { Injectable } from '@nestjs/common';
import type { PlaceName } from '../cabinets/space.types.js';
import type { ThingMoved, ThingsInCabinets } from '../cabinets/things-in-cabinets.types.js';
import { say } from '../kernel/bilingual.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ServersRepository } from './servers.repository.js';

/** Writes into a server's own record that it was moved where it stands, which is done among cabinets. */
@Injectable()
export class ServerMoves implements ThingsInCabinets {
  constructor(private readonly repository: ServersRepository) {}

  async lock(tx: Tx, subjectIds: readonly string[]): Promise<void> {
    if (subjectIds.length > 0) await this.repository.lockedAll(tx, subjectIds);
  }

  async moved(tx: Tx, moves: readonly ThingMoved[], actorName: string): Promise<void> {
    const rows = await this.repository.lockedAll(
      tx,
      moves.map((move) => move.subjectId),
    );
    const byId = new Map(moves.map((move) => [move.subjectId, move]));
    await this.repository.appendEvents(
      tx,
      rows.flatMap((row) => {
        const move = byId.get(row.id);
        if (!move) return [];
        const [from, to] = [nameOf(move.from), nameOf(move.to)];
        return [
          {
            serverId: row.id,
            kind: 'MOVE',
            state: row.state,
            text: say(`由 ${from} 移至 ${to}`, `Moved from ${from} to ${to}`),
            actorName,
            departmentId: row.departmentId,
          },
        ];
      }),
    );
  }
}

function nameOf({ cabinetCode, startUnit }: PlaceName): string {
  return startUnit === null ? cabinetCode : `${cabinetCode} ${startUnit}U`;
}
