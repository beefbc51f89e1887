import {
  CheckCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
} from '@ant-design/icons';
import type { DriftState } from '../graphql/enums';
import type { StateLook } from './StateTag';

export const driftStates = {
  OPEN: { tone: 'bad', icon: ExclamationCircleOutlined },
  ACCEPTED: { tone: 'waiting', icon: PauseCircleOutlined },
  PUT_BACK: { tone: 'good', icon: CheckCircleOutlined },
  GONE: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<DriftState, StateLook>;
