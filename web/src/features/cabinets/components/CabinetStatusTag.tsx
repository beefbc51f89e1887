import {
  CheckCircleOutlined,
  EditOutlined,
  FieldTimeOutlined,
  MinusCircleOutlined,
  PlayCircleOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { CabinetHolderState, CabinetStatus } from '../../../graphql/enums';
import { type StateLook, StateTag } from '../../../ui/StateTag';

const statuses = {
  PLANNED: { tone: 'quiet', icon: EditOutlined },
  IN_SERVICE: { tone: 'good', icon: CheckCircleOutlined },
  CLOSED: { tone: 'waiting', icon: StopOutlined },
  RETIRED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<CabinetStatus, StateLook>;

const states = {
  HELD: { tone: 'waiting', icon: FieldTimeOutlined },
  ALLOCATED: { tone: 'moving', icon: CheckCircleOutlined },
  OCCUPIED: { tone: 'good', icon: PlayCircleOutlined },
  BLOCKED: { tone: 'quiet', icon: StopOutlined },
} satisfies Record<CabinetHolderState, StateLook>;

export function CabinetStatusTag({ status }: { status: CabinetStatus }) {
  const { t } = useTranslation();
  return <StateTag look={statuses[status]} word={t(`cabinet.status.${status}`)} />;
}

export function HolderStateTag({ state }: { state: CabinetHolderState }) {
  const { t } = useTranslation();
  return <StateTag look={states[state]} word={t(`cabinet.state.${state}`)} />;
}
