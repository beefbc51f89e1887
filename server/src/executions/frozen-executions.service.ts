import { Injectable } from '@nestjs/common';
import type { Change } from '../freezes/domain/freeze.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ExecutionRow } from './executions.types.js';

/**
 * Whether a switch that could wait may begin: during a freeze of a center that it leaves or goes to it may not, unless a
 * leader has let its system through. A disaster waits for no leader. What runs already is brought to its end.
 */
@Injectable()
export class FrozenExecutions {
  constructor(private readonly gate: FreezeGate) {}

  async refused(
    tx: Tx,
    {
      fromCenterId,
      kind,
      systemId,
      toCenterId,
    }: Pick<ExecutionRow, 'kind' | 'systemId' | 'fromCenterId' | 'toCenterId'>,
  ): Promise<Refusal[]> {
    if (kind === 'FAILOVER') return [];
    return this.gate.refused(tx, changeOfExecution({ fromCenterId, systemId, toCenterId }));
  }

  /** Of one that is planned for later: what would forbid it then, as of now. What is released by now may be over by then. */
  async foreseen(tx: Tx, row: ExecutionRow): Promise<Refusal[]> {
    if (row.plannedAt === null || row.kind === 'FAILOVER') return [];
    const [by = null] = await this.gate.foreseen([changeOfExecution(row)], row.plannedAt, tx);
    return by === null ? [] : [by];
  }
}

export function changeOfExecution({
  fromCenterId,
  systemId,
  toCenterId,
}: Pick<ExecutionRow, 'systemId' | 'fromCenterId' | 'toCenterId'>): Change {
  return {
    centerIds: [fromCenterId, toCenterId].flatMap((id) => id ?? []),
    subjects: [{ type: 'System', id: systemId }],
  };
}
