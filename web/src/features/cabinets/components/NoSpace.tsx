import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';
import { EmptyState } from '../../../ui/page-states';
import { useMay, useViewer } from '../../../ui/viewer-context';

type Props = {
  /** What an empty list means to whoever sees every room and cabinet of the province. */
  title: string;
  children: ReactNode;
  action?: ReactNode;
};

/**
 * No room or cabinet to show. Whoever sees only those with something of their own department is told just that: the place
 * may be full of others' things.
 */
export function NoSpace({ title, children, action }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const { departmentName, permissions } = useViewer();
  const reads = permissions.filter(({ object, action: act }) => object === 'CABINET' && act === 'READ');
  const [own] = reads;
  if (!own || reads.some(({ scope }) => scope === 'PROVINCE'))
    return (
      <EmptyState title={title} action={action}>
        {children}
      </EmptyState>
    );
  const mayAsk = may('REQUEST', 'CREATE');
  return (
    <EmptyState
      title={t('space.ownNone', {
        department: departmentName
          ? t(`shell.reads.${own.scope}`, { department: departmentName })
          : t('space.ownDepartment'),
      })}
      action={mayAsk && <Link to={routes.newRequest()}>{t('request.new')}</Link>}
    >
      {t(mayAsk ? 'space.ownNoneAsk' : 'space.ownNoneOthersAsk')}
    </EmptyState>
  );
}
