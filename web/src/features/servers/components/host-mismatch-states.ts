import { CheckCircleOutlined, ExclamationCircleOutlined, EyeInvisibleOutlined } from '@ant-design/icons';
import type { HostMismatchState } from '../../../graphql/enums';
import type { StateLook } from '../../../ui/StateTag';

export const hostMismatchStates = {
  OPEN: { tone: 'bad', icon: ExclamationCircleOutlined },
  IGNORED: { tone: 'quiet', icon: EyeInvisibleOutlined },
  ENDED: { tone: 'good', icon: CheckCircleOutlined },
} satisfies Record<HostMismatchState, StateLook>;
