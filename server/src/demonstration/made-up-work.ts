import type { Department } from '../departments/domain/department.js';
import { serialKey } from '../workorders/domain/equipment.js';
import { STEPS_OF_KIND } from '../workorders/domain/steps.js';
import type { WorkOrderKind, WorkOrderState } from '../workorders/domain/work-order.js';
import type { PastOrder, PastWork } from '../workorders/past-orders.service.js';
import type { EquipmentRow, WorkOrderRow } from '../workorders/workorders.types.js';
import type { MadeUpCabinets } from './made-up-cabinets.js';
import type { MadeUpUser } from './made-up-people.js';
import type { Seeded } from './seeded.js';

const HOUR_MS = 3_600_000;
const COMPANY = '江海数据运维有限公司';
/** What the department of the tour has standing in its space, from the bottom: label, maker's number, half-units, W, kg. */
const THINGS: readonly (readonly [label: string, serial: string, half: number, watts: number, kilograms: number])[] = [
  ['社保卡加密机', 'SJJ1988-A07213', 4, 350, 18],
  ['社保卡加密机（备）', 'SJJ1988-A07214', 4, 350, 18],
  ['数据交换前置机', 'YF-TS-220914', 4, 600, 26],
];
const COMING: (typeof THINGS)[number] = ['签名验签服务器', 'SRJ1401-B33120', 4, 300, 16];

/** Hours from now: when it was applied for, its window; the state it is in; how many steps are done. */
interface Plan {
  readonly kind: WorkOrderKind;
  readonly title: string;
  readonly state: WorkOrderState;
  readonly appliedHours: number;
  readonly window: readonly [from: number, to: number];
  readonly stepsDone?: number;
  readonly things?: readonly number[];
  readonly ports?: number;
}

const PLANS: readonly Plan[] = [
  {
    kind: 'RACK',
    title: '加密机、前置机上架',
    state: 'CONFIRMED',
    appliedHours: -700,
    window: [-650, -646],
    things: [0, 1, 2],
    ports: 6,
  },
  { kind: 'POWER_ON', title: '前置机双路加电', state: 'DONE', appliedHours: -60, window: [-20, -18], things: [2] },
  {
    kind: 'CABLE',
    title: '前置机第二链路布线',
    state: 'IN_PROGRESS',
    appliedHours: -50,
    window: [-1, 3],
    stepsDone: 2,
    things: [2],
  },
  { kind: 'ENTRY', title: '厂商巡检加密机', state: 'ACCEPTED', appliedHours: -26, window: [4, 7] },
  { kind: 'MOVE_IN', title: '签名验签服务器进场', state: 'OPEN', appliedHours: -20, window: [24, 27], things: [3] },
  {
    kind: 'ENTRY',
    title: '机柜卫生与标签核查',
    state: 'SUSPENDED',
    appliedHours: -90,
    window: [-30, -27],
    stepsDone: 2,
  },
  { kind: 'ENTRY', title: '消防联动测试陪同', state: 'SUBMITTED', appliedHours: -3, window: [50, 52] },
  { kind: 'CABLE', title: '带外管理网布线', state: 'DRAFT', appliedHours: -2, window: [72, 75] },
  { kind: 'ENTRY', title: '备件更换入室', state: 'CANCELLED', appliedHours: -200, window: [-170, -168] },
];

/** What is made up of it: whose, where and by whom. Its times are told from the day on which it is loaded. */
export interface MadeUpWork {
  readonly department: { readonly id: string; readonly name: string };
  readonly holderId: string;
  readonly cabinetId: string;
  readonly room: { readonly id: string; readonly centerId: string };
  readonly applicant: MadeUpUser;
  readonly operator: MadeUpUser;
  readonly engineer: MadeUpUser;
  readonly ids: { readonly company: string; readonly ports: readonly string[]; readonly things: readonly string[] };
  readonly orderIds: readonly string[];
}

/** A few orders of the tour's department in every state, its things in its cabinet, and the company that works them. */
export function makeUpWork(
  seeded: Seeded,
  departments: readonly Department[],
  cabinets: MadeUpCabinets,
  users: readonly MadeUpUser[],
): MadeUpWork {
  const department = departments.find(({ code }) => code === 'rst') as Department;
  const space = cabinets.wishes.find((wish) => wish.kind === 'SPACE' && wish.departmentId === department.id);
  if (!space?.holderId || !('cabinetId' in space.where)) throw new Error('the department of the tour has no space');
  const { cabinetId } = space.where;
  const cabinet = cabinets.cabinets.find(({ id }) => id === cabinetId);
  const row = cabinets.rows.find(({ id }) => id === cabinet?.rowId);
  const room = cabinets.rooms.find(({ id }) => id === row?.roomId);
  if (!room) throw new Error('the space of the tour is in no room');
  const person = (username: string) => users.find((user) => user.username === username) as MadeUpUser;
  return {
    department: { id: department.id, name: department.name },
    holderId: space.holderId,
    cabinetId,
    room: { id: room.id, centerId: room.centerId },
    applicant: person('applicant'),
    operator: person('operator'),
    engineer: person('facility'),
    ids: {
      company: seeded.id(),
      ports: [seeded.id(), seeded.id()],
      things: [...THINGS, COMING].map(() => seeded.id()),
    },
    orderIds: PLANS.map(() => seeded.id()),
  };
}

/** As it stands at that moment. */
export function workAt(made: MadeUpWork, now: Date): PastWork {
  const { department, holderId, cabinetId, room, applicant, operator, engineer, ids, orderIds } = made;
  const at = (hours: number) => new Date(now.getTime() + hours * HOUR_MS);
  let bottom = 0;
  const equipment = [...THINGS, COMING].map(([label, serial, half, watts, kilograms], index): EquipmentRow => {
    const stands = index < THINGS.length;
    const start = bottom;
    bottom += half;
    return {
      id: ids.things[index] as string,
      departmentId: department.id,
      systemId: null,
      centerId: room.centerId,
      state: stands ? 'STANDING' : 'EXPECTED',
      version: 1,
      owner: department.name,
      label,
      serial,
      liveSerial: serialKey(serial),
      heightHalfUnits: half,
      powerW: watts,
      weightGrams: kilograms * 1_000,
      domestic: true,
      holderId: stands ? holderId : null,
      cabinetId: stands ? cabinetId : null,
      startHalfUnit: stands ? start : null,
      busyOrderId: orderIds[PLANS.findLastIndex((plan) => isLive(plan) && plan.things?.includes(index))] ?? null,
      arrivedAt: stands ? at(-650) : null,
      since: at(stands ? -646 : -20),
      createdAt: at(stands ? -700 : -20),
    };
  });
  return {
    company: { id: ids.company, name: COMPANY, userIds: [operator.id] },
    portSets: [
      {
        id: ids.ports[0] as string,
        cabinetId,
        deviceHolderId: null,
        kind: 'FIBRE_10G',
        label: '接入交换机 1/0',
        portCount: 48,
      },
      {
        id: ids.ports[1] as string,
        cabinetId,
        deviceHolderId: null,
        kind: 'SOCKET_C13',
        label: 'A 路 PDU',
        portCount: 24,
      },
    ],
    equipment,
    orders: PLANS.map((plan, index) => orderOf(plan, index)),
  };

  function orderOf(plan: Plan, index: number): PastOrder {
    const { kind, state, window, appliedHours } = plan;
    const assigned = !(state === 'DRAFT' || state === 'SUBMITTED' || state === 'CANCELLED');
    const accepted = assigned && state !== 'OPEN';
    const finished = state === 'DONE' || state === 'CONFIRMED';
    const begun = state === 'IN_PROGRESS' || state === 'SUSPENDED';
    const order: WorkOrderRow = {
      id: orderIds[index] as string,
      code: `GD-${at(appliedHours).getUTCFullYear()}-${String(index + 1).padStart(6, '0')}`,
      kind,
      state,
      stateSince: at(finished ? window[1] : begun ? window[0] : Math.min(appliedHours + 2, 0)),
      version: 1,
      title: plan.title,
      instructions: '',
      departmentId: department.id,
      systemId: null,
      requestId: null,
      requestCode: null,
      lineId: null,
      endedLineId: null,
      policyId: null,
      resourceId: null,
      backupId: null,
      centerId: room.centerId,
      applicantId: applicant.id,
      applicantName: applicant.displayName,
      companyId: assigned ? ids.company : null,
      assigneeId: accepted ? operator.id : null,
      assigneeName: accepted ? operator.displayName : null,
      windowFrom: at(window[0]),
      windowTo: at(window[1]),
      overlapReason: null,
      dueAt: at(window[1]),
      toldStage: null,
      escort: kind === 'ENTRY' ? engineer.displayName : null,
      slipNumber: null,
      slipAt: null,
      slipBy: null,
      finishedById: finished ? operator.id : null,
      finishedAt: finished ? at(window[1]) : null,
      createdAt: at(appliedHours),
    };
    const people = [
      { name: '王建国', idLastFour: '2719', vendor: '三未信安技术服务' },
      { name: '李海燕', idLastFour: '046X', vendor: '三未信安技术服务' },
    ];
    return {
      order,
      roomIds: [room.id],
      entrants: kind === 'ENTRY' ? people : [],
      equipmentIds: (plan.things ?? []).map((thing) => ids.things[thing] as string),
      claims: plan.ports
        ? [
            { portSetId: ids.ports[0] as string, count: plan.ports },
            { portSetId: ids.ports[1] as string, count: plan.ports },
          ]
        : [],
      stepsDone: finished ? STEPS_OF_KIND[kind].length : (plan.stepsDone ?? 0),
      stepsBy: operator.displayName,
      events: eventsOf(plan),
    };
  }

  function eventsOf({ state, appliedHours, window }: Plan): PastOrder['events'] {
    const by = { applicant, operator, engineer };
    const way: readonly (readonly [keyof typeof by, string, WorkOrderState, number])[] = [
      ['applicant', 'CREATE', 'DRAFT', appliedHours],
      ['applicant', 'SUBMIT', 'SUBMITTED', appliedHours + 0.2],
      ['engineer', 'OPEN', 'OPEN', appliedHours + 1],
      ['operator', 'ACCEPT', 'ACCEPTED', appliedHours + 2],
      ['operator', 'START', 'IN_PROGRESS', window[0]],
      ['operator', 'FINISH', 'DONE', window[1]],
      ['engineer', 'CONFIRM', 'CONFIRMED', window[1] + 1],
    ];
    const ends: { readonly [S in WorkOrderState]?: readonly [number, (typeof way)[number]] } = {
      CANCELLED: [2, ['applicant', 'CANCEL', 'CANCELLED', appliedHours + 4]],
      SUSPENDED: [5, ['operator', 'SUSPEND', 'SUSPENDED', window[0] + 1]],
    };
    const end = ends[state];
    const gone = end ? [...way.slice(0, end[0]), end[1]] : way.slice(0, way.findIndex(([, , to]) => to === state) + 1);
    return gone.map(([who, action, toState, hours], step) => ({
      at: at(hours),
      actorId: by[who].id,
      actorName: by[who].displayName,
      action,
      opinion: end && step === gone.length - 1 ? '现场条件不具备，另行安排' : null,
      fromState: gone[step - 1]?.[2] ?? null,
      toState,
    }));
  }
}

function isLive({ state }: Plan): boolean {
  return state !== 'CONFIRMED' && state !== 'CANCELLED';
}
