import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
  StarOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { PerformanceGrade } from '../../graphql/enums';
import { type StateLook, StateTag } from '../StateTag';

export const grades = {
  EXCELLENT: { tone: 'good', icon: StarOutlined },
  GOOD: { tone: 'good', icon: CheckCircleOutlined },
  FAIR: { tone: 'waiting', icon: MinusCircleOutlined },
  POOR: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<PerformanceGrade, StateLook>;

const ungraded: StateLook = { tone: 'quiet', icon: QuestionCircleOutlined };

/** 优, 良, 中, 差; null = too little evidence for any. */
export function GradeTag({ grade }: { grade: PerformanceGrade | null }) {
  const { t } = useTranslation();
  return (
    <StateTag
      look={grade ? grades[grade] : ungraded}
      word={grade ? t(`performance.grade.${grade}`) : t('performance.ungraded')}
    />
  );
}
