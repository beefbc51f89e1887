import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  EyeOutlined,
  FieldTimeOutlined,
  LoadingOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ImportRowOutcome, ImportState } from '../../../graphql/enums';
import { type StateLook, StateTag } from '../../../ui/StateTag';

const states = {
  UPLOADED: { tone: 'waiting', icon: FieldTimeOutlined },
  READING: { tone: 'moving', icon: LoadingOutlined },
  PREVIEWED: { tone: 'waiting', icon: EyeOutlined },
  APPLYING: { tone: 'moving', icon: LoadingOutlined },
  DONE: { tone: 'good', icon: CheckCircleOutlined },
  FAILED: { tone: 'bad', icon: CloseCircleOutlined },
  DISCARDED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<ImportState, StateLook>;

const outcomes = {
  ADD: { tone: 'good', icon: CheckCircleOutlined },
  UNCHANGED: { tone: 'quiet', icon: MinusCircleOutlined },
  PROBLEM: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<ImportRowOutcome, StateLook>;

/** A preview with problems is nothing to wait for: the file must be mended. */
export function ImportStateTag({ state, problemCount }: { state: ImportState; problemCount: number }) {
  const { t } = useTranslation();
  if (state === 'PREVIEWED' && problemCount > 0)
    return <StateTag look={outcomes.PROBLEM} word={t('import.stateToMend')} />;
  return <StateTag look={states[state]} word={t(`import.state.${state}`)} />;
}

export function RowOutcomeTag({ outcome }: { outcome: ImportRowOutcome }) {
  const { t } = useTranslation();
  return <StateTag look={outcomes[outcome]} word={t(`import.outcome.${outcome}`)} />;
}
