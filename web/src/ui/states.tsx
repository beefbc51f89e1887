import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  DisconnectOutlined,
  EditOutlined,
  ExclamationCircleOutlined,
  FieldTimeOutlined,
  InboxOutlined,
  LoadingOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  PlayCircleOutlined,
  QuestionCircleOutlined,
  RollbackOutlined,
  SolutionOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ClusterReach, PowerState, RequestState, ResourceState } from '../graphql/enums';
import { type StateLook, StateTag } from './StateTag';

// One table a server enum: a state that the server learns and the screen does not know fails the build here.
export const requestStates = {
  DRAFT: { tone: 'quiet', icon: EditOutlined },
  AWAITING_SIGN_OFF: { tone: 'waiting', icon: SolutionOutlined },
  UNDER_REVIEW: { tone: 'waiting', icon: FieldTimeOutlined },
  RETURNED: { tone: 'bad', icon: RollbackOutlined },
  PROVISIONING: { tone: 'moving', icon: LoadingOutlined },
  DELIVERED: { tone: 'good', icon: CheckCircleOutlined },
  REJECTED: { tone: 'bad', icon: CloseCircleOutlined },
  WITHDRAWN: { tone: 'quiet', icon: MinusCircleOutlined },
  EXPIRED: { tone: 'quiet', icon: StopOutlined },
  CLOSED: { tone: 'quiet', icon: StopOutlined },
} satisfies Record<RequestState, StateLook>;

export const resourceStates = {
  PROVISIONING: { tone: 'moving', icon: LoadingOutlined },
  IN_USE: { tone: 'good', icon: CheckCircleOutlined },
  IN_BIN: { tone: 'waiting', icon: InboxOutlined },
  RELEASING: { tone: 'moving', icon: LoadingOutlined },
  RELEASED: { tone: 'quiet', icon: MinusCircleOutlined },
  FAILED: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<ResourceState, StateLook>;

export const powerStates = {
  RUNNING: { tone: 'good', icon: PlayCircleOutlined },
  STARTING: { tone: 'moving', icon: LoadingOutlined },
  STOPPED: { tone: 'quiet', icon: PauseCircleOutlined },
  STOPPING: { tone: 'moving', icon: LoadingOutlined },
  UNKNOWN: { tone: 'quiet', icon: QuestionCircleOutlined },
} satisfies Record<PowerState, StateLook>;

export const clusterReaches = {
  REACHABLE: { tone: 'good', icon: CheckCircleOutlined },
  STALE: { tone: 'waiting', icon: ExclamationCircleOutlined },
  UNREACHABLE: { tone: 'bad', icon: DisconnectOutlined },
  UNKNOWN: { tone: 'quiet', icon: QuestionCircleOutlined },
} satisfies Record<ClusterReach, StateLook>;

export function RequestStateTag({ state }: { state: RequestState }) {
  const { t } = useTranslation();
  return <StateTag look={requestStates[state]} word={t(`state.request.${state}`)} />;
}

export function ResourceStateTag({ state }: { state: ResourceState }) {
  const { t } = useTranslation();
  return <StateTag look={resourceStates[state]} word={t(`state.resource.${state}`)} />;
}

export function PowerStateTag({ state }: { state: PowerState }) {
  const { t } = useTranslation();
  return <StateTag look={powerStates[state]} word={t(`state.power.${state}`)} />;
}
