import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { HostingRepository } from './hosting.repository.js';
import { tooFewPorts } from './order-refusals.js';
import { PortsRepository } from './ports.repository.js';
import type { PortClaimRow } from './workorders.types.js';

type Last = (tx: Tx) => Promise<Result<undefined, readonly Refusal[]>>;

/** Switch ports and sockets are taken when an order is opened and given back once: claims first, counters last. */
@Injectable()
export class PortClaims {
  constructor(
    private readonly repository: PortsRepository,
    private readonly hosting: HostingRepository,
  ) {}

  /** What the order wished for becomes its own; refused with figures where too few are left. */
  async claim(tx: Tx, orderId: string): Promise<Last> {
    const wished = await this.repository.claimsIn(tx, [orderId]);
    const moved = await this.repository.moveClaims(tx, wished, { state: 'ALLOCATED', from: ['WISHED'] });
    return async (last) => {
      for (const [at, claim] of inOrder(moved).entries())
        if (!(await this.repository.take(last, claim.portSetId, claim.asked))) {
          const [set] = await this.repository.byIds([claim.portSetId], last.manager);
          return refuse([tooFewPorts(set?.label ?? '', claim.asked, set ? set.portCount - set.claimed : 0, at)]);
        }
      return ok(undefined);
    };
  }

  /** All that these orders hold or wish for. */
  async release(tx: Tx, orderIds: readonly string[]): Promise<Last> {
    const claims = await this.repository.claimsIn(tx, orderIds);
    const moved = await this.repository.moveClaims(tx, claims, { state: 'RELEASED', from: ['WISHED', 'ALLOCATED'] });
    const held = moved.filter((claim) => claim.state === 'ALLOCATED');
    return async (last) => {
      for (const claim of inOrder(held))
        if (!(await this.repository.take(last, claim.portSetId, -claim.asked)))
          throw new WriteConflict(`more was given back of port set ${claim.portSetId} than was claimed`);
      return ok(undefined);
    };
  }

  /** With the last thing that an order is about, what it claimed goes back. */
  async releaseOfThings(tx: Tx, equipmentIds: readonly string[]): Promise<Last> {
    return this.release(tx, await this.hosting.ordersWithNothingLeft(tx, equipmentIds));
  }
}

function inOrder(claims: readonly PortClaimRow[]): PortClaimRow[] {
  return claims.toSorted((a, b) => (a.portSetId < b.portSetId ? -1 : 1));
}
