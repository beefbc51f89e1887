import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { routes } from '../../../lib/routes';
import { useViewer } from '../../../ui/viewer-context';

/** The sides of yearly plans: the plans, what is used of them, and what they mean for the place. */
export function PlanTabs() {
  const { t } = useTranslation();
  const { permissions } = useViewer();
  // Everyone's plans in one figure are for whoever sees everyone's plans, and the place.
  const demand =
    permissions.some(({ object, action, scope }) => object === 'PLAN' && action === 'READ' && scope === 'PROVINCE') &&
    permissions.some(({ object, action }) => object === 'CAPACITY' && action === 'READ');
  return (
    <nav className="jy-tabs" aria-label={t('plan.tabs.label')}>
      <NavLink to={routes.plans()} end>
        {t('plan.tabs.list')}
      </NavLink>
      <NavLink to={routes.planUse()}>{t('plan.tabs.use')}</NavLink>
      {demand && <NavLink to={routes.planDemand()}>{t('plan.tabs.demand')}</NavLink>}
    </nav>
  );
}
