import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  LoadingOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons';
import type {
  DrDrillCopyState,
  DrDrillDueState,
  DrDrillItemState,
  DrDrillOutcome,
  DrDrillState,
} from '../graphql/enums';
import type { StateLook } from './StateTag';

const moving: StateLook = { tone: 'moving', icon: LoadingOutlined };
const waiting: StateLook = { tone: 'waiting', icon: ClockCircleOutlined };
const good: StateLook = { tone: 'good', icon: CheckCircleOutlined };
const bad: StateLook = { tone: 'bad', icon: CloseCircleOutlined };
const quiet: StateLook = { tone: 'quiet', icon: MinusCircleOutlined };

export const drillStates = {
  DRAFT: waiting,
  APPROVED: waiting,
  PRECHECKED: moving,
  ISOLATED: waiting,
  RUNNING: moving,
  VALIDATING: waiting,
  CLEANING_UP: moving,
  CLEANUP_FAILED: bad,
  CLOSED: good,
  CANCELLED: quiet,
} satisfies Record<DrDrillState, StateLook>;

export const drillOutcomes = { PASSED: good, MISSED: bad, ABORTED: quiet } satisfies Record<DrDrillOutcome, StateLook>;

export const drillItems = { WAITING: moving, DONE: good, FAILED: bad } satisfies Record<DrDrillItemState, StateLook>;

/** An entry that others come before. */
export const drillNotYet: StateLook = quiet;

export const drillCopies = {
  WAITING: waiting,
  SNAPSHOT: moving,
  RESTORED: moving,
  STARTED: moving,
  READY: good,
  FAILED: bad,
  GONE: quiet,
} satisfies Record<DrDrillCopyState, StateLook>;

export const drillDues = {
  OVERDUE: bad,
  SOON: { tone: 'waiting', icon: ExclamationCircleOutlined },
  FINE: good,
} satisfies Record<DrDrillDueState, StateLook>;
