import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  HourglassOutlined,
  MinusCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { TaskState } from '../../graphql/enums';
import type { StateLook } from '../StateTag';

export const taskStates = {
  QUEUED: { tone: 'quiet', icon: ClockCircleOutlined },
  RUNNING: { tone: 'moving', icon: SyncOutlined },
  WAITING: { tone: 'waiting', icon: HourglassOutlined },
  FAILED: { tone: 'bad', icon: CloseCircleOutlined },
  DONE: { tone: 'good', icon: CheckCircleOutlined },
  SUPERSEDED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<TaskState, StateLook>;
