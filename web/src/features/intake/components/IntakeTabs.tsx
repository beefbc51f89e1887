import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { routes } from '../../../lib/routes';

/** The sides of taking in: what the clusters have beside the record, what differs, whose addresses are, what was handed in. */
export function IntakeTabs() {
  const { t } = useTranslation();
  return (
    <nav className="jy-tabs" aria-label={t('intake.title')}>
      <NavLink to={routes.intake()} end>
        {t('intake.reconcile')}
      </NavLink>
      <NavLink to={routes.intakeDifferences()}>{t('intake.differences')}</NavLink>
      <NavLink to={routes.intakeAddresses()}>{t('intake.addresses')}</NavLink>
      <NavLink to={routes.intakeBatches()}>{t('intake.batches')}</NavLink>
    </nav>
  );
}
