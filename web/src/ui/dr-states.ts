import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import type { DrGroupGrade, DrLossFate, DrSignalLevel } from '../graphql/enums';
import type { StateLook } from './StateTag';

/** What nobody knows is never green. */
export const drGrades = {
  KEPT: { tone: 'good', icon: CheckCircleOutlined },
  AT_RISK: { tone: 'waiting', icon: ExclamationCircleOutlined },
  UNKNOWN: { tone: 'quiet', icon: QuestionCircleOutlined },
  BROKEN: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<DrGroupGrade, StateLook>;

export const drLevels = {
  GOOD: drGrades.KEPT,
  WARN: drGrades.AT_RISK,
  UNKNOWN: drGrades.UNKNOWN,
  CRITICAL: drGrades.BROKEN,
} satisfies Record<DrSignalLevel, StateLook>;

export const drFates = {
  UNTOUCHED: { tone: 'quiet', icon: CheckCircleOutlined },
  SERVES_ON: { tone: 'good', icon: CheckCircleOutlined },
  STANDS_BY: { tone: 'waiting', icon: ExclamationCircleOutlined },
  RESTORES: { tone: 'waiting', icon: ExclamationCircleOutlined },
  PARTLY: { tone: 'bad', icon: ExclamationCircleOutlined },
  LOST: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<DrLossFate, StateLook>;
