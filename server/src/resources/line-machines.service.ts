import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

/** How many machines the lines of a request still have. */
@Injectable()
export class LineMachines {
  /** By line, in whichever center has most of them; a line whose machines are all gone is absent. */
  async mostInOneCenter(tx: Tx, requestId: string): Promise<ReadonlyMap<string, number>> {
    const rows: { lineId: string; n: string }[] = await tx.manager.query(
      `select line_id as lineId, count(*) as n from resource
       where request_id = ? and state <> 'RELEASED' group by line_id, center_id`,
      [requestId],
    );
    const most = new Map<string, number>();
    for (const { lineId, n } of rows) most.set(lineId, Math.max(most.get(lineId) ?? 0, Number(n)));
    return most;
  }

  /** "line/center" of those that still have a machine on its way. */
  async undelivered(tx: Tx, requestId: string): Promise<ReadonlySet<string>> {
    const rows: { lineId: string; centerId: string | null }[] = await tx.manager.query(
      `select distinct line_id as lineId, center_id as centerId from resource
       where request_id = ? and delivered_at is null and state <> 'RELEASED'`,
      [requestId],
    );
    return new Set(rows.map(({ lineId, centerId }) => `${lineId}/${centerId}`));
  }
}
