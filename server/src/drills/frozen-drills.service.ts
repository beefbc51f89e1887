import { Injectable } from '@nestjs/common';
import type { Change } from '../freezes/domain/freeze.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { GroupPicture } from '../resilience/group-views.service.js';
import { DrillGrounds } from './drill-grounds.service.js';
import type { DrillRow } from './drills.types.js';

type Drilled = Pick<DrillRow, 'id' | 'kind' | 'groupId' | 'systemId' | 'centerId'>;

/**
 * Whether copies of a system may be made and started: during a freeze of the center where they would stand, or of one in which
 * the system itself does, they may not, unless a leader has let the drill or its system through. What is only talked through
 * changes nothing, and what was begun is brought to its end, or broken off and cleaned up.
 */
@Injectable()
export class FrozenDrills {
  constructor(
    private readonly gate: FreezeGate,
    private readonly grounds: DrillGrounds,
  ) {}

  /** Asked before the act, because it reads where everything stands; null = no freeze concerns it. */
  async changeOf(row: Drilled): Promise<Change | null> {
    return row.kind === 'TABLETOP' ? null : changeOfDrill(row, await this.grounds.picture(row.groupId));
  }

  /** In their order. */
  async changesOf(rows: readonly Drilled[]): Promise<(Change | null)[]> {
    const pictures = await this.grounds.pictures([...new Set(rows.map(({ groupId }) => groupId))]);
    return rows.map((row) => (row.kind === 'TABLETOP' ? null : changeOfDrill(row, pictures.get(row.groupId) ?? null)));
  }

  async refused(tx: Tx, change: Change | null): Promise<Refusal[]> {
    return change === null ? [] : this.gate.refused(tx, change);
  }

  /** Which freeze would forbid it then, for pages to say before anybody presses. */
  async foreseen(row: Drilled, at: Date): Promise<Refusal | null> {
    const change = await this.changeOf(row);
    if (change === null) return null;
    const [refusal = null] = await this.gate.foreseen([change], at);
    return refusal;
  }
}

function changeOfDrill({ centerId, id, systemId }: Drilled, picture: GroupPicture | null): Change {
  const stands = picture?.facts.tiers.flatMap(({ members }) => members.map((member) => member.centerId)) ?? [];
  return {
    centerIds: [...new Set([...stands, centerId])].flatMap((center) => center ?? []),
    subjects: [
      { type: 'Drill', id },
      { type: 'System', id: systemId },
    ],
  };
}
