import { CheckCircleOutlined, ClockCircleOutlined, EditOutlined, StopOutlined } from '@ant-design/icons';
import type { LineDisputeState } from '../../graphql/enums';
import type { StateLook } from '../../ui/StateTag';

export const disputeStates = {
  OPEN: { tone: 'waiting', icon: ClockCircleOutlined },
  KEPT: { tone: 'quiet', icon: CheckCircleOutlined },
  CORRECTED: { tone: 'good', icon: EditOutlined },
  WITHDRAWN: { tone: 'quiet', icon: StopOutlined },
} satisfies Record<LineDisputeState, StateLook>;
