import { Injectable } from '@nestjs/common';
import { DrDebts } from '../drdebts/drdebts.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { PreparedChangeGrant } from './change-granting.service.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestRow } from './requests.types.js';

/** 容灾欠账 of changes: pending under the change, and from its grant on under the line that it changed. */
@Injectable()
export class ChangeDebts {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly debts: DrDebts,
  ) {}

  /** 容灾欠账: what the change owes belongs to the lines whose machines it changes, and is owed for certain. */
  async owe(tx: Tx, request: RequestRow, { lines, quotation, originals }: PreparedChangeGrant): Promise<void> {
    if (!quotation.ok || !(await this.debts.isAnythingOwed(tx, request.id))) return;
    const homes = new Map(
      quotation.value.lines.flatMap(({ change, thingsChange }, at) => {
        const [own, original, changed] = [lines[at], originals[at], change ?? thingsChange];
        if (!changed || !own || !original) return [];
        const { id: lineId, name: lineName } = changed.changedLine;
        return [[own.id, { lineId, lineName, requestId: original.id, requestCode: original.code }] as const];
      }),
    );
    await this.debts.adopt(tx, request.id, homes);
    for (const own of lines) {
      const home = homes.get(own.id);
      const owed = own.shares.filter((share) => share.owed);
      if (!home || owed.length === 0) continue;
      // As a settlement of another of its debts does.
      await this.repository.locked(tx, WHOLE_PROVINCE, home.requestId);
      const [line] = await this.repository.linesByIds([home.lineId], tx);
      const others = (line?.shares ?? []).filter(({ share }) => owed.every((one) => one.share !== share));
      await this.repository.recordShares(tx, home.lineId, [...others, ...owed]);
    }
  }
}
