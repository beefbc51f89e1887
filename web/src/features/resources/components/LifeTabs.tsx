import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { routes } from '../../../lib/routes';

/** The sides of what comes after delivery. */
export function LifeTabs() {
  const { t } = useTranslation();
  return (
    <nav className="jy-tabs" aria-label={t('life.tabs')}>
      <NavLink to={routes.termsOf('TO_REVIEW')} end>
        {t('life.list.TO_REVIEW')}
      </NavLink>
      <NavLink to={routes.termsOf('ENDING')}>{t('life.list.ENDING')}</NavLink>
      <NavLink to={routes.termsOf('IN_BIN')}>{t('life.list.IN_BIN')}</NavLink>
      <NavLink to={routes.keptDisks()}>{t('keptDisk.list')}</NavLink>
      <NavLink to={routes.lineTerms()}>{t('life.lines')}</NavLink>
      <NavLink to={routes.termExtensions()}>{t('life.extensions')}</NavLink>
      <NavLink to={routes.lifeRules()}>{t('life.rules')}</NavLink>
    </nav>
  );
}
