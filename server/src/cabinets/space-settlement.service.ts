import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { notPermitted, unknownCabinet } from './domain/refusals.js';
import { SpaceRepository } from './space.repository.js';
import { SpaceOwnersRepository } from './space-owners.repository.js';
import { lastOf, SpaceQuotas } from './space-quotas.service.js';

export interface SettledCabinet {
  readonly code: string;
  /** Empty = it has taken what it ought to. */
  readonly refusals: readonly Refusal[];
}

export interface Settlement {
  readonly cabinets: number;
  readonly settled: readonly string[];
  readonly refused: readonly SettledCabinet[];
}

/** Takes for whole cabinets and places from before quotas counted them what they ought to have taken. */
@Injectable()
export class SpaceSettlement {
  constructor(
    private readonly acts: Acts,
    private readonly owners: SpaceOwnersRepository,
    private readonly space: SpaceRepository,
    private readonly quotas: SpaceQuotas,
  ) {}

  /**
   * Cabinet by cabinet, each an act of its own; of what is right already nothing is written, so that it may be run again
   * and again. What a limit is too small for stays as it was and is told with its figures.
   */
  async run(actor: Actor): Promise<Settlement> {
    const cabinets = await this.owners.cabinetsOfDepartments();
    const settled: string[] = [];
    const refused: SettledCabinet[] = [];
    for (const { id, code, departmentId } of cabinets) {
      const one = await this.settle(actor, { id, code, departmentId });
      if (one.ok) settled.push(code);
      else if (!one.error.some(isNothingToSettle)) refused.push({ code, refusals: one.error });
    }
    return { cabinets: cabinets.length, settled, refused };
  }

  private async settle(
    actor: Actor,
    { id, code, departmentId }: { readonly id: string; readonly code: string; readonly departmentId: string | null },
  ): Promise<Result<null, readonly Refusal[]>> {
    const places = { cabinetIds: [id] };
    const ways = await this.quotas.waysOf([departmentId], places);
    return this.acts.perform({ name: 'quota.settle_space', actor, input: places }, async (tx) => {
      const cabinet = (await this.space.openBook(tx, [id])).cabinet(id);
      if (!cabinet) return refuse([unknownCabinet([])]);
      const settled = await this.quotas.settle(tx, ways, places);
      if (!settled.ok) return settled;
      if (!settled.value.changed) return refuse([nothingToSettle()]);
      return ok({
        value: null,
        last: lastOf(settled.value),
        audit: {
          objectType: 'Cabinet',
          objectId: id,
          departmentId: cabinet.departmentId,
          summary: say(`机柜 ${code} 的定额占用补记`, `Settle what cabinet ${code} takes of quotas`),
        },
      });
    });
  }
}

const NOTHING_TO_SETTLE = 'NOTHING_TO_SETTLE';

/** Leaves no audit row where nothing was changed; it is shown to nobody. */
function nothingToSettle(): Refusal {
  return notPermitted([], NOTHING_TO_SETTLE, '没有需要补记的定额占用', 'Nothing is to be settled');
}

function isNothingToSettle(refusal: Refusal): boolean {
  return refusal.code === 'NOT_PERMITTED' && refusal.reason === NOTHING_TO_SETTLE;
}
