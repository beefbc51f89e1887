import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  EyeOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { DrExecutionState, DrReturnState, DrRunbookState, DrStepState } from '../../graphql/enums';
import type { StateLook } from '../../ui/StateTag';

export const stepLooks = {
  WAITING: { tone: 'quiet', icon: ClockCircleOutlined },
  RUNNING: { tone: 'moving', icon: SyncOutlined },
  AWAITS_CHECK: { tone: 'waiting', icon: EyeOutlined },
  FAILED: { tone: 'bad', icon: CloseCircleOutlined },
  DONE: { tone: 'good', icon: CheckCircleOutlined },
  LEFT_OUT: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<DrStepState, StateLook>;

export const executionLooks = {
  DRAFT: { tone: 'waiting', icon: ClockCircleOutlined },
  APPROVED: { tone: 'moving', icon: SyncOutlined },
  PRECHECKED: { tone: 'moving', icon: SyncOutlined },
  RUNNING: { tone: 'moving', icon: SyncOutlined },
  VALIDATING: { tone: 'waiting', icon: EyeOutlined },
  ROLLING_BACK: { tone: 'bad', icon: SyncOutlined },
  CLEANING_UP: { tone: 'moving', icon: SyncOutlined },
  CLEANUP_FAILED: { tone: 'bad', icon: CloseCircleOutlined },
  CLOSED: { tone: 'good', icon: CheckCircleOutlined },
  CANCELLED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<DrExecutionState, StateLook>;

export const pausedLook: StateLook = { tone: 'bad', icon: PauseCircleOutlined };

export const runbookLooks = {
  NEEDS_VERIFIED: { tone: 'waiting', icon: EyeOutlined },
  VERIFIED: { tone: 'good', icon: CheckCircleOutlined },
} satisfies Record<DrRunbookState, StateLook>;

export const returnLooks = {
  AWAITED: { tone: 'waiting', icon: ClockCircleOutlined },
  HALTING: { tone: 'moving', icon: SyncOutlined },
  DEMOTING: { tone: 'moving', icon: SyncOutlined },
  FOLLOWS: { tone: 'good', icon: CheckCircleOutlined },
} satisfies Record<DrReturnState, StateLook>;

export const orderLooks = {
  IN_FORCE: { tone: 'good', icon: CheckCircleOutlined },
  COMING: { tone: 'waiting', icon: ClockCircleOutlined },
  OVER: { tone: 'quiet', icon: MinusCircleOutlined },
  REVOKED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<string, StateLook>;
