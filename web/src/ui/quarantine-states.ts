import {
  CheckCircleOutlined,
  ExclamationCircleOutlined,
  EyeOutlined,
  MinusCircleOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { QuarantineState } from '../graphql/enums';
import type { StateLook } from './StateTag';

export const quarantineStates = {
  NEW: { tone: 'bad', icon: ExclamationCircleOutlined },
  KNOWN: { tone: 'waiting', icon: EyeOutlined },
  QUARANTINED: { tone: 'waiting', icon: StopOutlined },
  BOUND: { tone: 'good', icon: CheckCircleOutlined },
  GONE: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<QuarantineState, StateLook>;
