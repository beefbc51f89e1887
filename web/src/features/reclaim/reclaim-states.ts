import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CommentOutlined,
  FieldTimeOutlined,
  InboxOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { ReclaimState } from '../../graphql/enums';
import type { StateLook } from '../../ui/StateTag';

export const reclaimStates = {
  NOTICED: { tone: 'waiting', icon: FieldTimeOutlined },
  OBJECTED: { tone: 'bad', icon: CommentOutlined },
  AGREED: { tone: 'good', icon: CheckCircleOutlined },
  UNANSWERED: { tone: 'waiting', icon: ClockCircleOutlined },
  RECLAIMED: { tone: 'quiet', icon: InboxOutlined },
  CLOSED: { tone: 'quiet', icon: StopOutlined },
} satisfies Record<ReclaimState, StateLook>;

/** Whom a case waits for; null = nobody any more. */
export const waitsFor = {
  NOTICED: 'waitsDepartment',
  OBJECTED: 'waitsCenter',
  AGREED: 'waitsCenter',
  UNANSWERED: 'waitsCenter',
  RECLAIMED: null,
  CLOSED: null,
} as const satisfies Record<ReclaimState, 'waitsDepartment' | 'waitsCenter' | null>;
