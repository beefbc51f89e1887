import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  DiffOutlined,
  EyeInvisibleOutlined,
  FieldTimeOutlined,
  HourglassOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
  RollbackOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { AddressMatch, IntakeState, ResourceMatch } from '../../graphql/enums';
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

/** In the order in which they want a person. What no machine has may well be a device's: it is said quietly. */
export const addressMatchLooks = {
  TWICE: { tone: 'bad', icon: CloseCircleOutlined },
  RESTING: { tone: 'bad', icon: HourglassOutlined },
  OTHER_HOLDER: { tone: 'bad', icon: TeamOutlined },
  UNCLAIMED: { tone: 'waiting', icon: QuestionCircleOutlined },
  NOT_SEEN: { tone: 'quiet', icon: EyeInvisibleOutlined },
  MATCHED: { tone: 'good', icon: CheckCircleOutlined },
} satisfies Record<AddressMatch, StateLook>;
