import {
  CheckCircleOutlined,
  DiffOutlined,
  FieldTimeOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
  RollbackOutlined,
} from '@ant-design/icons';
import type { IntakeState, ResourceMatch } from '../../graphql/enums';
import type { StateLook } from '../../ui/StateTag';

export const intakeStates = {
  SUBMITTED: { tone: 'waiting', icon: FieldTimeOutlined },
  APPROVED: { tone: 'good', icon: CheckCircleOutlined },
  RETURNED: { tone: 'bad', icon: RollbackOutlined },
  WITHDRAWN: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<IntakeState, StateLook>;

export const matchLooks = {
  MATCHED: { tone: 'good', icon: CheckCircleOutlined },
  DIFFERENT: { tone: 'bad', icon: DiffOutlined },
  MISSING: { tone: 'bad', icon: QuestionCircleOutlined },
  NOT_CHECKED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<ResourceMatch, StateLook>;
