import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  FieldTimeOutlined,
  LoadingOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { NetworkPolicyPhase, NetworkPolicyState } from '../../../graphql/enums';
import { type StateLook, StateTag } from '../../../ui/StateTag';

const states = {
  SUBMITTED: { tone: 'waiting', icon: FieldTimeOutlined },
  ACTIVE: { tone: 'good', icon: CheckCircleOutlined },
  ENDING: { tone: 'moving', icon: LoadingOutlined },
  ENDED: { tone: 'quiet', icon: MinusCircleOutlined },
  REJECTED: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<NetworkPolicyState, StateLook>;

const phases = {
  PENDING: { tone: 'moving', icon: LoadingOutlined },
  APPLIED: { tone: 'good', icon: CheckCircleOutlined },
  FAILED: { tone: 'bad', icon: CloseCircleOutlined },
  REMOVING: { tone: 'moving', icon: LoadingOutlined },
  REMOVED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<NetworkPolicyPhase, StateLook>;

export function PolicyStateTag({ state }: { state: NetworkPolicyState }) {
  const { t } = useTranslation();
  return <StateTag look={states[state]} word={t(`policy.state.${state}`)} />;
}

export function PhaseTag({ phase }: { phase: NetworkPolicyPhase }) {
  const { t } = useTranslation();
  return <StateTag look={phases[phase]} word={t(`policy.phase.${phase}`)} />;
}
