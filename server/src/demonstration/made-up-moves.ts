/** Decides a planned move of the time before and its way back: for works on the power of a hall, within one weekend. */
import type { PastMove } from '../executions/domain/past-move.js';
import type { Sides } from '../executions/domain/sides.js';
import { usualSteps } from '../executions/domain/usual-steps.js';
import type { Viewer } from '../kernel/viewer.js';

type Person = Pick<Viewer, 'userId' | 'name' | 'departmentId'>;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const THERE_DAYS_AGO = 96;
const BACK_DAYS_AGO = 93;
/** Half past nine in the evening in Shanghai. */
const BEGINS = { hourUtc: 13, minute: 30 };
/** Of each of two signatures. */
const APPROVED_AFTER_MS = [6 * MINUTE_MS, 11 * MINUTE_MS];

/** Seconds, and what was found; a person where the step is one's. */
const TOOK: { readonly [A in string]?: readonly [seconds: number, said: string] } = {
  CHECK_PREREQUISITES: [4, '条件满足'],
  HALT_SOURCE: [96, '原中心虚拟机已停机'],
  PROVE_FENCE: [5, '集群读数：无虚拟机运行'],
  FINAL_SYNC: [214, '全部磁盘同步到停机之后'],
  DEMOTE_SOURCE: [38, '已降为副本'],
  PROMOTE_TARGET: [27, '已升为写入方'],
  START_TARGET: [183, '按层启动完成'],
  SWITCH_TRAFFIC: [540, '域名解析已指向新中心，记录见工单附件'],
  VERIFY: [1_560, '登录、办件、对账均正常，数据一致'],
  DECIDE_COMMIT: [420, '提交'],
  REPROTECT: [610, '反向保护已建立'],
  POINT_REMOTE: [365, '异地副本已改由新写入方发送'],
  LIFT_FENCE: [6, '隔离已解除'],
};

export function madeUpMoves(
  of: { readonly groupId: string; readonly isRemote: boolean; readonly sides: Sides },
  people: { readonly requester: Person; readonly approvers: readonly Person[]; readonly verifier: Person },
  now: Date,
): PastMove[] {
  const { fromCenterId, toCenterId } = of.sides;
  const move = (kind: PastMove['kind'], daysAgo: number, reason: string, from: string, to: string): PastMove => {
    const begunAt = new Date(now.getTime() - daysAgo * DAY_MS);
    begunAt.setUTCHours(BEGINS.hourUtc, BEGINS.minute, 0, 0);
    const steps = usualSteps(kind, of.isRemote);
    return {
      ...{ groupId: of.groupId, kind, reason, begunAt, steps, fromCenterId: from, toCenterId: to },
      requestedBy: people.requester,
      approvals: people.approvers.map((by, at) => ({
        by,
        at: new Date(begunAt.getTime() + (APPROVED_AFTER_MS[at] ?? 0)),
      })),
      took: steps.map(({ action, kind: by }) => {
        const [seconds, said] = TOOK[action] ?? [60, ''];
        // Whose system it is says whether it serves.
        const person = action === 'VERIFY' ? people.verifier : people.requester;
        return { seconds, said, by: by === 'AUTOMATIC' ? null : person };
      }),
    };
  };
  return [
    move('SWITCHOVER', THERE_DAYS_AGO, '主用机房配电检修，检修期间由另一中心承载', fromCenterId, toCenterId),
    move('FAILBACK', BACK_DAYS_AGO, '配电检修完成，回到原中心', toCenterId, fromCenterId),
  ];
}
