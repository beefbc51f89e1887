import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  EditOutlined,
  FieldTimeOutlined,
  MinusCircleOutlined,
  RollbackOutlined,
  SolutionOutlined,
} from '@ant-design/icons';
import type { PlanDemandMeter, PlanLineKind, PlanState } from '../../graphql/enums';
import type { StateLook } from '../../ui/StateTag';

export const planStates = {
  DRAFT: { tone: 'quiet', icon: EditOutlined },
  AWAITING_SIGN_OFF: { tone: 'waiting', icon: SolutionOutlined },
  CITY_REVIEW: { tone: 'waiting', icon: FieldTimeOutlined },
  CENTER_REVIEW: { tone: 'waiting', icon: FieldTimeOutlined },
  AWAITING_APPROVAL: { tone: 'waiting', icon: FieldTimeOutlined },
  APPROVED: { tone: 'good', icon: CheckCircleOutlined },
  RETURNED: { tone: 'bad', icon: RollbackOutlined },
  REJECTED: { tone: 'bad', icon: CloseCircleOutlined },
  DISCARDED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<PlanState, StateLook>;

/** Those that wait for somebody's signature. */
export const underWay: readonly PlanState[] = [
  'AWAITING_SIGN_OFF',
  'CITY_REVIEW',
  'CENTER_REVIEW',
  'AWAITING_APPROVAL',
];

export const lineKinds: readonly PlanLineKind[] = ['VM', 'SERVER', 'CABINET', 'SERVICE'];

/** What people read of a meter of capacity. */
export const demandUnits: Record<PlanDemandMeter, { per: number; unit: string }> = {
  VCPU: { per: 1, unit: '' },
  MEMORY_MIB: { per: 1024, unit: 'GiB' },
  STORAGE_GIB_SSD: { per: 1, unit: 'GiB' },
  STORAGE_GIB_HDD: { per: 1, unit: 'GiB' },
  SERVER: { per: 1, unit: '' },
  CABINET_HALF_UNIT: { per: 2, unit: 'U' },
  POWER_W: { per: 1000, unit: 'kW' },
};
