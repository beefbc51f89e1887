import { Inject, Injectable } from '@nestjs/common';
import { HandOvers } from '../alerts/hand-overs.service.js';
import { Roster } from '../alerts/roster.service.js';
import { ShiftLog } from '../alerts/shift-log.service.js';
import type { TicketAction } from '../duty/domain/ticket-state.js';
import { DutyNotices } from '../duty/duty-notices.service.js';
import { TicketFaults } from '../duty/ticket-faults.service.js';
import { TicketMoves } from '../duty/ticket-moves.service.js';
import { type OpenWish, TicketOpening } from '../duty/ticket-opening.service.js';
import { TicketViews } from '../duty/ticket-views.service.js';
import { Tickets } from '../duty/tickets.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { Freezes } from '../freezes/freezes.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { toNodeId } from '../kernel/node-id.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DemonstrationStandards } from './demonstration-standards.js';
import { made, own, type People } from './journey-people.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Far enough that no journey of the tour is kept from what it changes. */
const FREEZE_AHEAD_DAYS = 20;
const FREEZE_DAYS = 3;

/** 值班台: tickets of each kind in several states, a notice that some have read, the log, a hand-over, and a freeze to come. */
@Injectable()
export class DemonstrationTickets {
  constructor(
    private readonly opening: TicketOpening,
    private readonly tickets: Tickets,
    private readonly standards: DemonstrationStandards,
    private readonly moves: TicketMoves,
    private readonly faults: TicketFaults,
    private readonly views: TicketViews,
    private readonly notices: DutyNotices,
    private readonly log: ShiftLog,
    private readonly roster: Roster,
    private readonly handOvers: HandOvers,
    private readonly freezes: Freezes,
    private readonly facilities: FacilitiesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(people: People, systemId: string): Promise<void> {
    const [center] = await this.facilities.centers();
    if (!center) return;
    const { duty, workers } = people;
    const operator = workers.recovery;
    await this.written(duty, center.id);
    const eventId = await this.overEvent(duty, center.id, systemId);
    await this.problemOf(duty, eventId, systemId);
    await this.openEvent(people, center.id, systemId);
    await this.changes(people, center.id, systemId);
    await this.freeze(operator);
    await this.handOver(operator, duty);
  }

  private async written(duty: Viewer, centerId: string): Promise<void> {
    const write = (kind: 'NOTE' | 'ROUND' | 'CALL', text: string, isOpen: boolean) =>
      made(this.log.write(duty, { kind, text, isOpen, centerId, idempotencyKey: newId() }));
    await write('ROUND', '机房巡检：3 号冷通道出风温度 24.5 ℃，正常；UPS 负载 46%', false);
    await write('CALL', '省社保局来电询问昨晚缴费缓慢，已告知原因并给出事件编号', false);
    await write('NOTE', '2 号柜交换机风扇告警灯偶亮，已报修，备件明日上午到，请下一班跟进', true);
  }

  /** Restored, its minutes in the book of outages, closed. */
  private async overEvent(duty: Viewer, centerId: string, systemId: string): Promise<string> {
    const now = this.clock.now().getTime();
    const id = await this.opened(duty, {
      ...{ kind: 'EVENT', title: '核心存储路径闪断，缴费业务缓慢', impact: 'SEVERAL', urgency: 'HIGH', centerId },
      ...{ description: '存储多路径中一条闪断，窗口业务响应超过 10 秒。', startedAt: new Date(now - 3 * HOUR_MS) },
      links: [{ subjectType: 'System', subject: toNodeId('System', systemId) }],
    });
    await this.moved(duty, id, 'RESPOND');
    await this.moved(duty, id, 'HANDLE');
    await this.moved(duty, id, 'RESTORE', '切换到备用路径，更换光模块', new Date(now - 2 * HOUR_MS));
    await made(
      this.faults.confirm(duty, {
        ...{ ...(await this.act(id)), layer: 'HARDWARE', liability: 'PROVIDER', excuse: null, outageCode: null },
      }),
    );
    await this.moved(duty, id, 'CLOSE', '光模块老化，已更换；同批模块列入检查');
    return id;
  }

  private async problemOf(duty: Viewer, eventId: string, systemId: string): Promise<void> {
    const id = await this.opened(duty, {
      ...{ kind: 'PROBLEM', title: '同批光模块老化，路径偶发闪断', impact: 'SEVERAL', urgency: 'MEDIUM' },
      links: [
        { subjectType: 'DutyTicket', subject: toNodeId('DutyTicket', eventId) },
        { subjectType: 'System', subject: toNodeId('System', systemId) },
      ],
    });
    await this.moved(duty, id, 'ANALYSE');
    await this.moved(duty, id, 'NAME_CAUSE', '2023 年第二批光模块发光功率衰减，高温时误码');
    const text = '误码升高的端口先切到备用路径，白天更换';
    await made(this.tickets.note(duty, { ...(await this.act(id)), text, isWorkaround: true }));
  }

  /** Being handled, told to whom it concerns, read by one of them. */
  private async openEvent({ duty, head }: People, centerId: string, systemId: string): Promise<void> {
    const now = this.clock.now().getTime();
    const id = await this.opened(duty, {
      ...{ kind: 'EVENT', title: '同城链路丢包，双活复制滞后', impact: 'WIDE', urgency: 'MEDIUM', centerId },
      ...{ description: '运营商割接后 A–B 链路丢包 2%。', startedAt: new Date(now - 25 * MINUTE_MS) },
      links: [{ subjectType: 'System', subject: toNodeId('System', systemId) }],
    });
    await this.moved(duty, id, 'RESPOND');
    await this.moved(duty, id, 'HANDLE');
    const notice = await made(
      this.notices.send(duty, {
        ...{ ticketId: id, kind: 'FAULT', title: '同城链路丢包，正在处置', alsoDepartmentIds: [] },
        body: '同城双活复制有滞后，业务可用；请暂不做大批量写入，恢复后另行通告。',
        idempotencyKey: newId(),
      }),
    );
    const receipt = { noticeId: notice.id, idempotencyKey: newId() };
    // Whose system it is has a head in the tour, or another department's has not: then nobody has read it yet.
    await this.notices.read(head, own(head), receipt);
  }

  private async changes({ duty, leader, workers }: People, centerId: string, systemId: string): Promise<void> {
    const soon = Math.ceil(this.clock.now().getTime() / HOUR_MS) * HOUR_MS;
    const planned = (hours: number) => ({
      ...{ plannedFrom: new Date(soon + hours * HOUR_MS), plannedTo: new Date(soon + (hours + 3) * HOUR_MS) },
    });
    const links = [{ subjectType: 'System' as const, subject: toNodeId('System', systemId) }];
    const normal = await this.opened(duty, {
      ...{ kind: 'CHANGE', changeKind: 'NORMAL', title: '更换同批光模块 12 只', impact: 'SEVERAL', urgency: 'LOW' },
      ...{ ...planned(30), centerId, links, plan: '逐路切换、更换、复测，每路 10 分钟', rollbackPlan: '切回原模块' },
    });
    await this.moved(workers.recovery, normal, 'REVIEW', '逐路进行，不影响业务；同意');
    await this.standards.run(workers.recovery, leader);
    const half = {
      plannedFrom: planned(31).plannedFrom,
      plannedTo: new Date(planned(31).plannedFrom.getTime() + HOUR_MS / 2),
    };
    await this.opened(workers.recovery, {
      ...{ kind: 'CHANGE', changeKind: 'STANDARD', standardKey: 'BZ-01', title: '更换 A 机房 3 号柜光模块' },
      ...{ ...half, centerId, links, impact: 'ONE', urgency: 'LOW' },
    });
    await this.opened(duty, {
      ...{ kind: 'CHANGE', changeKind: 'STANDARD', standardKey: 'BZ-02', title: '', impact: 'ONE', urgency: 'LOW' },
      ...{ plannedFrom: planned(6).plannedFrom, plannedTo: new Date(planned(6).plannedFrom.getTime() + HOUR_MS / 2) },
      ...{ centerId, links: [] },
    });
    const emergency = await this.opened(duty, {
      ...{ kind: 'CHANGE', changeKind: 'EMERGENCY', title: '关闭丢包链路上的巨帧', impact: 'WIDE', urgency: 'HIGH' },
      ...{ centerId, links, plan: '两端接口 MTU 改为 1500', rollbackPlan: 'MTU 改回 9000' },
    });
    await this.moved(duty, emergency, 'IMPLEMENT');
    await this.moved(duty, emergency, 'FINISH');
    const old = await this.opened(workers.recovery, {
      ...{ kind: 'CHANGE', changeKind: 'EMERGENCY', title: '封禁扫描来源地址', impact: 'ONE', urgency: 'HIGH' },
      ...{ centerId, links: [], plan: '边界加一条拒绝策略', rollbackPlan: '删除策略' },
    });
    await this.moved(workers.recovery, old, 'IMPLEMENT');
    await this.moved(workers.recovery, old, 'FINISH');
    await this.moved(leader, old, 'APPROVE_AFTER', '处置得当，同意');
    await this.moved(duty, old, 'CLOSE', '扫描停止，无误封');
  }

  private async freeze(operator: Viewer): Promise<void> {
    const day = Math.ceil(this.clock.now().getTime() / DAY_MS) * DAY_MS + FREEZE_AHEAD_DAYS * DAY_MS;
    await made(
      this.freezes.set(operator, {
        ...{ title: '岁末财政集中支付保障', reason: '省财政厅通知：集中支付期间不做变更', centerIds: [] },
        ...{ fromAt: new Date(day), toAt: new Date(day + FREEZE_DAYS * DAY_MS), idempotencyKey: newId() },
      }),
    );
  }

  /** One who stands now gives his shift to the duty engineer, with what is open. */
  private async handOver(operator: Viewer, duty: Viewer): Promise<void> {
    const shift = (await this.roster.standing()).find(
      ({ role, userId }) => role === 'ENGINEER' && userId !== duty.userId,
    );
    if (!shift) return;
    const offered = await made(
      this.handOvers.offer(operator, true, {
        ...{ shiftId: shift.id, expectedVersion: shift.version, toUserId: duty.userId, idempotencyKey: newId() },
        note: '链路丢包在处置，运营商 22 点前答复；2 号柜风扇等备件',
      }),
    );
    await made(this.handOvers.take(duty, { handOverId: offered.id, idempotencyKey: newId() }));
  }

  private async opened(
    by: Viewer,
    wish: Pick<OpenWish, 'kind' | 'title' | 'impact' | 'urgency' | 'links'> & Partial<OpenWish>,
  ): Promise<string> {
    const blank = { changeKind: null, plannedFrom: null, plannedTo: null, plan: null, rollbackPlan: null };
    const whole = { ...blank, description: '', startedAt: null, centerId: null, ...wish, idempotencyKey: newId() };
    return (await made(this.opening.open(by, whole))).id;
  }

  private async act(ticketId: string) {
    const [row] = await this.views.byIds([ticketId]);
    return { ticketId, expectedVersion: row?.version ?? 0, idempotencyKey: newId() };
  }

  private async moved(by: Viewer, id: string, action: TicketAction, text = '', restoredAt: Date | null = null) {
    const mover = { userId: by.userId, operates: true, leads: by.roles.includes('LEADER') };
    await made(this.moves.move(by, mover, { ...(await this.act(id)), action, text, restoredAt }));
  }
}
