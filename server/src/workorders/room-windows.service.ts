import { Injectable } from '@nestjs/common';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import type { Room } from '../cabinets/domain/cabinet.js';
import type { Refusal } from '../kernel/refusal.js';
import { type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { KINDS_IN_ROOMS } from './domain/content.js';
import { checkWindow, conflicts } from './domain/window.js';
import { invalid } from './order-refusals.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import type { KeptRoomWindow, OrderSight, WorkOrderRow } from './workorders.types.js';

const REASON_LENGTH_MAX = 200;
/** A refusal that names more is not read. */
const NAMED_MAX = 3;

/** Which windows are kept in the rooms. The center sees whose they are; a department hears only that the time is taken. */
@Injectable()
export class RoomWindows {
  constructor(
    private readonly repository: WorkOrdersRepository,
    private readonly cabinets: CabinetsService,
  ) {}

  /** In the transaction that keeps the window: the rooms' other windows stay as they are until commit. */
  async objections(
    tx: Tx,
    order: Pick<WorkOrderRow, 'id' | 'kind' | 'windowFrom' | 'windowTo' | 'overlapReason'>,
  ): Promise<Refusal[]> {
    const { windowFrom, windowTo, overlapReason } = order;
    if (overlapReason !== null && overlapReason.length > REASON_LENGTH_MAX)
      return [
        invalid(['overlapReason'], 'length', `最多 ${REASON_LENGTH_MAX} 字`, `At most ${REASON_LENGTH_MAX} characters`),
      ];
    if (windowFrom === null || windowTo === null)
      return KINDS_IN_ROOMS.includes(order.kind)
        ? [invalid(['windowFrom'], 'required', '请填写作业时间', 'Give the window of work')]
        : [];
    const wrong = checkWindow({ from: windowFrom, to: windowTo }, tx.now);
    if (wrong.length > 0) return wrong;
    const rooms = (await this.repository.roomsOf([order.id], tx)).map((room) => room.roomId);
    await this.repository.lockRooms(tx, rooms);
    const kept = await this.repository.windows(rooms, windowFrom, windowTo, tx.manager);
    const others = rooms.flatMap((roomId) =>
      conflicts({ orderId: order.id, kind: order.kind, roomId, from: windowFrom, to: windowTo }, kept),
    );
    if (others.length === 0 || overlapReason !== null) return [];
    const codes = [...new Set(others.map((other) => other.code))].slice(0, NAMED_MAX);
    return [
      invalid(
        ['overlapReason'],
        'windowTaken',
        `该机房此时段已有作业（${codes.join('、')}），请改时间，或填写同时作业的理由`,
        `The room has other work then (${codes.join(', ')}); choose another time, or say why both go together`,
      ),
    ];
  }

  /** Of a center, the rooms whose day the viewer may see: the place's own people all, a worker those that his orders take him into. */
  async roomsOf(scope: TenantScope | undefined, sight: OrderSight, centerId: string): Promise<Room[]> {
    const known = scope ? await this.cabinets.rooms(scope, centerId) : [];
    const worked = (await this.workedRooms(sight)).filter((room) => room.centerId === centerId);
    const all = new Map([...known, ...worked].map((room) => [room.id, room]));
    return [...all.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
  }

  async seenAmong(scope: TenantScope | undefined, sight: OrderSight, roomIds: readonly string[]): Promise<string[]> {
    const known = scope ? (await this.cabinets.roomsByIds(scope, roomIds)).map((room) => room.id) : [];
    const worked = new Set((await this.workedRooms(sight)).map((room) => room.id));
    return [...new Set([...known, ...roomIds.filter((id) => worked.has(id))])];
  }

  private async workedRooms({ worker }: OrderSight): Promise<Room[]> {
    if (worker === null) return [];
    return this.cabinets.roomsByIds(WHOLE_PROVINCE, await this.repository.roomIdsOfWorker(worker));
  }

  windows(roomIds: readonly string[], from: Date, to: Date): Promise<KeptRoomWindow[]> {
    return this.repository.windows(roomIds, from, to);
  }
}
