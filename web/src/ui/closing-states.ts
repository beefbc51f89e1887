import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  InfoCircleOutlined,
  LoadingOutlined,
  LockOutlined,
  RollbackOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { CheckResult, ClosingState } from '../graphql/enums';
import type { StateLook } from './StateTag';

export const closingStates = {
  REQUESTED: { tone: 'waiting', icon: ClockCircleOutlined },
  FREEZING: { tone: 'moving', icon: LoadingOutlined },
  CLOSED: { tone: 'good', icon: LockOutlined },
  RETURNED: { tone: 'quiet', icon: RollbackOutlined },
  WITHDRAWN: { tone: 'quiet', icon: StopOutlined },
  STOPPED: { tone: 'bad', icon: ExclamationCircleOutlined },
  REVERSED: { tone: 'quiet', icon: RollbackOutlined },
} satisfies Record<ClosingState, StateLook>;

export const checkResults = {
  CLEAR: { tone: 'good', icon: CheckCircleOutlined },
  EXPLAIN: { tone: 'waiting', icon: InfoCircleOutlined },
  BLOCKS: { tone: 'bad', icon: ExclamationCircleOutlined },
} satisfies Record<CheckResult, StateLook>;

/** The month that ended last in the accounting calendar, which is Shanghai's: the one that is closed next. */
export function lastMonth(now = Date.now()): string {
  const local = new Date(now + 8 * 3_600_000);
  local.setUTCDate(0);
  return local.toISOString().slice(0, 7);
}
