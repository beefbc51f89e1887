import { ExclamationCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';

/** Until when the current step is to be decided; late is an icon and a word beside it. */
export function DueTime({ dueAt, overdue }: { dueAt: string | null; overdue: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Time at={dueAt} exact />
      {overdue && <StateTag look={{ tone: 'bad', icon: ExclamationCircleOutlined }} word={t('chain.overdue')} />}
    </>
  );
}
