import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { AssessmentResult, DeclarationState } from '../../../graphql/enums';
import { type StateLook, StateTag } from '../../../ui/StateTag';

export const declarationStates = {
  MISSING: { tone: 'quiet', icon: MinusCircleOutlined },
  VALID: { tone: 'good', icon: CheckCircleOutlined },
  EXPIRING: { tone: 'waiting', icon: ClockCircleOutlined },
  EXPIRED: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<DeclarationState, StateLook>;

export const assessmentResults = {
  CONFORMING: { tone: 'good', icon: CheckCircleOutlined },
  BASICALLY_CONFORMING: { tone: 'waiting', icon: ExclamationCircleOutlined },
  NOT_CONFORMING: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<AssessmentResult, StateLook>;

const filing = {
  filed: { tone: 'good', icon: CheckCircleOutlined },
  unfiled: { tone: 'waiting', icon: ExclamationCircleOutlined },
} satisfies Record<string, StateLook>;

const gone = {
  frozen: { tone: 'bad', icon: StopOutlined },
  nobody: { tone: 'waiting', icon: ExclamationCircleOutlined },
} satisfies Record<string, StateLook>;

export function DeclarationTag({ state }: { state: DeclarationState }) {
  const { t } = useTranslation();
  return <StateTag look={declarationStates[state]} word={t(`system.declarationState.${state}`)} />;
}

export function AssessmentTag({ result }: { result: AssessmentResult }) {
  const { t } = useTranslation();
  return <StateTag look={assessmentResults[result]} word={t(`system.assessmentResult.${result}`)} />;
}

export function FiledTag({ filed }: { filed: boolean }) {
  const { t } = useTranslation();
  return (
    <StateTag look={filed ? filing.filed : filing.unfiled} word={t(filed ? 'system.filedYes' : 'system.filedNo')} />
  );
}

export function FrozenTag() {
  const { t } = useTranslation();
  return <StateTag look={gone.frozen} word={t('system.frozen')} />;
}

type OwnerFacts = { displayName: string; active: boolean } | null;

/** Who answers for a system; nobody, and one whose account was closed, want somebody's attention. */
export function Owner({ owner }: { owner: OwnerFacts }) {
  const { t } = useTranslation();
  if (!owner) return <StateTag look={gone.nobody} word={t('system.noOwner')} />;
  if (owner.active) return owner.displayName;
  return (
    <>
      {owner.displayName} <span className="jy-mark jy-mark-stale">{t('system.ownerClosed')}</span>
    </>
  );
}
