import { DebtPolicies } from '../../server/src/drdebts/debt-policies.service.js';
import type { DebtRule } from '../../server/src/drdebts/domain/debt-policy.js';
import { DrDebts } from '../../server/src/drdebts/drdebts.service.js';
import type { DebtRow } from '../../server/src/drdebts/drdebts.types.js';
import { CentersService } from '../../server/src/facilities/centers.service.js';
import type { CenterAction } from '../../server/src/facilities/domain/center-life.js';
import { type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { DebtSettlement } from '../../server/src/requests/debt-settlement.service.js';
import { viewerWith } from './application.ts';
import { KindsDesk } from './kinds-desk.ts';
import { idOf } from './request-journey.ts';

const EVERYTHING = { departmentIds: [], protectionLevels: [], modes: [], accepted: true } as const;

/** 容灾欠账: the rules, the debts of requests, and the centers that they wait for. */
export class DebtDesk {
  readonly debts = this.kinds.get(DrDebts);
  readonly policies = this.kinds.get(DebtPolicies);
  readonly settlement = this.kinds.get(DebtSettlement);
  readonly allocator: Viewer = viewerWith(['CAPACITY_ALLOCATOR'], null, { name: '孙分配' });

  constructor(readonly kinds: KindsDesk) {}

  async rules(rules: readonly DebtRule[] = [EVERYTHING]) {
    const [newest] = await this.policies.versions(1);
    return this.policies.change(this.allocator, {
      rules,
      reason: '异地中心明年投用',
      expectedVersion: newest?.number ?? 0,
      idempotencyKey: newId(),
    });
  }

  async life(centerId: string, action: CenterAction): Promise<void> {
    const [row] = await this.kinds.app.test.db.query('select version from center where id = ?', [centerId]);
    const wish = { centerId, action, reason: '按计划', expectedVersion: row.version, idempotencyKey: newId() };
    idOf(await this.kinds.get(CentersService).changeLife(this.allocator, wish));
  }

  async of(requestId: string): Promise<DebtRow[]> {
    const page = await this.debts.page(
      WHOLE_PROVINCE,
      {
        ...{ states: [], roles: [], kinds: [], departmentIds: null, systemId: null, dueIn: null, search: null },
        requestId,
      },
      { first: 100, after: null },
    );
    return [...page.rows].reverse();
  }

  async states(requestId: string): Promise<string[]> {
    return (await this.of(requestId)).map(({ kind, state, itemCount }) => `${kind} ${state} ${itemCount}`).sort();
  }

  settle(debt: DebtRow, idempotencyKey = newId()) {
    const item = { debtId: debt.id, expectedVersion: debt.version };
    return this.settlement.settle(this.allocator, WHOLE_PROVINCE, item, idempotencyKey);
  }
}
