import { CheckCircleOutlined, FileTextOutlined, StopOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { PaperStanding } from '../../../graphql/enums';
import { type StateLook, StateTag } from '../../../ui/StateTag';

const standings = {
  NONE: { tone: 'quiet', icon: FileTextOutlined },
  VALID: { tone: 'good', icon: CheckCircleOutlined },
  VOID: { tone: 'bad', icon: StopOutlined },
} satisfies Record<PaperStanding, StateLook>;

export function PaperStandingTag({ standing }: { standing: PaperStanding }) {
  const { t } = useTranslation();
  return <StateTag look={standings[standing]} word={t(`papers.standing.${standing}`)} />;
}

export function SealedScanTag({ valid }: { valid: boolean }) {
  const { t } = useTranslation();
  return <StateTag look={standings[valid ? 'VALID' : 'VOID']} word={t(valid ? 'papers.valid' : 'papers.void')} />;
}
