import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  FieldTimeOutlined,
  PlayCircleOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { DeliveryState } from '../../../graphql/enums';
import { type StateLook, StateTag } from '../../../ui/StateTag';

const deliveryStates = {
  WAITING: { tone: 'waiting', icon: FieldTimeOutlined },
  SENT: { tone: 'good', icon: CheckCircleOutlined },
  FAILED: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<DeliveryState, StateLook>;

export const allDeliveryStates = Object.keys(deliveryStates) as DeliveryState[];

export function DeliveryStateTag({ state }: { state: DeliveryState }) {
  const { t } = useTranslation();
  return <StateTag look={deliveryStates[state]} word={t(`delivery.states.${state}`)} />;
}

export function EnabledTag({ enabled }: { enabled: boolean }) {
  const { t } = useTranslation();
  return enabled ? (
    <StateTag look={{ tone: 'good', icon: PlayCircleOutlined }} word={t('channel.on')} />
  ) : (
    <StateTag look={{ tone: 'quiet', icon: StopOutlined }} word={t('channel.off')} />
  );
}
