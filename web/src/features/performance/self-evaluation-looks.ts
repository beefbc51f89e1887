import { CheckCircleOutlined, ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { StateLook } from '../../ui/StateTag';

/** Of a self-evaluation, by its state; overdue is open beyond its time. */
export const selfEvaluationLooks = {
  OPEN: { tone: 'waiting', icon: ClockCircleOutlined },
  HANDED_IN: { tone: 'good', icon: CheckCircleOutlined },
  OVERDUE: { tone: 'bad', icon: WarningOutlined },
} as const satisfies Record<string, StateLook>;
