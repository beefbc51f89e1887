import { expect } from '@jest/globals';
import { DrDebts } from '../../../server/src/drdebts/drdebts.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { DebtSettlement } from '../../../server/src/requests/debt-settlement.service.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { agree, type Command, command, count, pickOf } from './agreement.ts';
import type { Model } from './model.ts';
import type { Crash } from './world.ts';

/** The recovery center begins its trial, once. */
export function openRecovery(): Command {
  return command(
    'open the recovery center',
    null,
    (model) => !model.recoveryIsOpen,
    async (model, world) => {
      await world.openRecovery();
      [model.recoveryIsOpen, model.now] = [true, world.clock.now()];
    },
  );
}

/** Debts that are not over, of which the line has at most one. */
const standing = ({ debts }: Model) => debts.filter(({ debt }) => debt.state !== 'VOID');
const owed = (model: Model) => {
  const open = standing(model).filter(({ debt }) => debt.state === 'OPEN');
  return open.length > 0 ? open : standing(model);
};

export function onDebt(kind: 'settle' | 'waive', at: number, crash: Crash | null): Command {
  const label = `${kind} debt ${at}`;
  return command(
    label,
    crash,
    (model) => standing(model).length > 0,
    async (model, world) => {
      const { request, debt } = pickOf(owed(model), at);
      const { id: debtId, version: expectedVersion } = await world.debtOf(request, debt);
      const [key, { allocator }] = [world.key(), world.debts];
      const expected = kind === 'settle' ? request.settleDebt(debt) : debt.waive();
      const waiver = { debtId, expectedVersion, reason: '系统将下线', idempotencyKey: key };
      await agree(world, label, expected, () =>
        world.press(crash, () =>
          kind === 'settle'
            ? world.get(DebtSettlement).settle(allocator, WHOLE_PROVINCE, { debtId, expectedVersion }, key)
            : world.get(DrDebts).waive(allocator, WHOLE_PROVINCE, waiver),
        ),
      );
      if (expected && kind === 'settle') count('settled');
    },
  );
}

/** The work order of a settled server or place is done; told twice it is done once. */
export function fulfilDebt(at: number, crash: Crash | null): Command {
  const label = `fulfil debt ${at}`;
  const settling = ({ debts }: Model) =>
    debts.filter(({ debt }) => debt.state === 'SETTLING' && debt.share.kind !== 'VM');
  return command(
    label,
    crash,
    (model) => settling(model).length > 0,
    async (model, world) => {
      const { request, debt } = pickOf(settling(model), at);
      const { id } = await world.debtOf(request, debt);
      request.fulfilDebt(debt);
      await world.press(crash, async () => {
        await world.get(UnitOfWork).run((tx) => world.get(FollowUpService).lineFulfilled(tx, id, '已交付'));
      });
      expect((await world.debtOf(request, debt)).state).toBe('SETTLED');
    },
  );
}
