import { CheckCircleOutlined, ExclamationCircleOutlined, MinusCircleOutlined, SwapOutlined } from '@ant-design/icons';
import type { ReplaceTaskState } from '../graphql/enums';
import type { StateLook } from './StateTag';

export const replaceTaskStates = {
  OPEN: { tone: 'bad', icon: ExclamationCircleOutlined },
  PLACED: { tone: 'good', icon: SwapOutlined },
  SCHEDULED: { tone: 'good', icon: CheckCircleOutlined },
  ENDED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<ReplaceTaskState, StateLook>;
