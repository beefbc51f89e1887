import { ClockCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { WorkOrderState } from '../../../graphql/enums';
import { useNow } from '../../../lib/use-now';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { isLate } from '../../../ui/work-looks';

/** When it is due; what is late stands out. */
export function DueMark({ order }: { order: { state: WorkOrderState; dueAt: string | null } }) {
  const { t } = useTranslation();
  const now = useNow();
  if (!isLate(order, now)) return <Time at={order.dueAt} />;
  return (
    <span className="jy-work-due">
      <StateTag look={{ tone: 'bad', icon: ClockCircleOutlined }} word={t('work.late')} /> <Time at={order.dueAt} />
    </span>
  );
}
