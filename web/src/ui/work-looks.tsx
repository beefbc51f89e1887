import {
  CheckCircleOutlined,
  CheckSquareOutlined,
  EditOutlined,
  FieldTimeOutlined,
  InboxOutlined,
  LoadingOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  SolutionOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { WorkOrderKind, WorkOrderState } from '../graphql/enums';
import { exactTime } from '../lib/time';
import { type StateLook, StateTag } from './StateTag';

const looks = {
  DRAFT: { tone: 'quiet', icon: EditOutlined },
  SUBMITTED: { tone: 'waiting', icon: InboxOutlined },
  OPEN: { tone: 'waiting', icon: FieldTimeOutlined },
  ACCEPTED: { tone: 'moving', icon: SolutionOutlined },
  IN_PROGRESS: { tone: 'moving', icon: LoadingOutlined },
  SUSPENDED: { tone: 'bad', icon: PauseCircleOutlined },
  DONE: { tone: 'waiting', icon: CheckSquareOutlined },
  CONFIRMED: { tone: 'good', icon: CheckCircleOutlined },
  CANCELLED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<WorkOrderState, StateLook>;

export const workStates = Object.keys(looks) as WorkOrderState[];
export const workKinds: readonly WorkOrderKind[] = [
  'MOVE_IN',
  'RACK',
  'CABLE',
  'POWER_ON',
  'UNRACK',
  'MOVE_OUT',
  'ENTRY',
  'DELIVERY',
  'CHANGE',
  'RELEASE',
  'SERVICE',
  'SERVICE_END',
  'NETWORK_POLICY',
  'BACKUP',
  'RESTORE',
  'POLICY_REMOVAL',
];

export function WorkStateTag({ state }: { state: WorkOrderState }) {
  const { t } = useTranslation();
  return <StateTag look={looks[state]} word={t(`work.state.${state}`)} />;
}

/** "11-29 14:00 – 17:00", with the second day where it is another; in Asia/Shanghai, like all times. */
export function windowText(from: string | null, to: string | null): string {
  if (!from || !to) return '–';
  const [begin, end] = [exactTime(from).slice(5, 16), exactTime(to).slice(5, 16)];
  return `${begin} – ${begin.slice(0, 5) === end.slice(0, 5) ? end.slice(6) : end}`;
}

/** Work that is over is never late. */
export function isLate(order: { state: WorkOrderState; dueAt: string | null }, now: number): boolean {
  const over = order.state === 'DONE' || order.state === 'CONFIRMED' || order.state === 'CANCELLED';
  return !over && order.dueAt !== null && new Date(order.dueAt).getTime() < now;
}
