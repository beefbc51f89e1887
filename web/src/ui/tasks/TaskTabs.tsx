import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { routes } from '../../lib/routes';
import { useMay } from '../viewer-context';

/** The task log of machines, that of servers, and what people have to place elsewhere. */
export function TaskTabs() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <nav className="jy-tabs" aria-label={t('task.tabs')}>
      <NavLink to={routes.tasks()} end>
        {t('task.ofMachines')}
      </NavLink>
      {may('SERVER', 'READ') && <NavLink to={routes.serverTasks()}>{t('task.ofServers')}</NavLink>}
      {may('RESOURCE', 'READ') && <NavLink to={routes.replaceTasks()}>{t('replace.tab')}</NavLink>}
    </nav>
  );
}
