import { CheckCircleOutlined, CloseCircleOutlined, FieldTimeOutlined, MinusCircleOutlined } from '@ant-design/icons';
import type { ExtensionState } from '../../graphql/enums';
import type { StateLook } from '../../ui/StateTag';

export const extensionStates = {
  ASKED: { tone: 'waiting', icon: FieldTimeOutlined },
  GRANTED: { tone: 'good', icon: CheckCircleOutlined },
  REFUSED: { tone: 'bad', icon: CloseCircleOutlined },
  WITHDRAWN: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<ExtensionState, StateLook>;
