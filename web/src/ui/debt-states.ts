import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  FieldTimeOutlined,
  LoadingOutlined,
  MinusCircleOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { DrDebtState } from '../graphql/enums';
import type { StateLook } from './StateTag';

/** What is owed is never green: nothing stands there. */
export const debtStates = {
  PENDING: { tone: 'waiting', icon: FieldTimeOutlined },
  OPEN: { tone: 'waiting', icon: ClockCircleOutlined },
  SETTLING: { tone: 'moving', icon: LoadingOutlined },
  SETTLED: { tone: 'good', icon: CheckCircleOutlined },
  WAIVED: { tone: 'quiet', icon: MinusCircleOutlined },
  VOID: { tone: 'quiet', icon: StopOutlined },
} satisfies Record<DrDebtState, StateLook>;
