import { Injectable } from '@nestjs/common';
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
    return this.gate.refused(tx, {
      centerIds: [fromCenterId, toCenterId].flatMap((id) => id ?? []),
      subjects: [{ type: 'System', id: systemId }],
    });
  }
}
