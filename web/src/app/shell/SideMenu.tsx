import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { Permission } from '../../graphql/permissions';
import { menuFor } from './menu';

type Props = { permissions: readonly Permission[]; head?: ReactNode; onNavigate?: () => void };

export function SideMenu({ permissions, head, onNavigate }: Props) {
  const { t } = useTranslation();
  return (
    <nav className="jy-menu" aria-label={t('shell.menu')}>
      {head}
      <ul>
        {menuFor(permissions).map(({ key, icon: Icon, to }) => (
          <li key={key}>
            <NavLink to={to} end={key === 'home'} onClick={onNavigate}>
              <Icon aria-hidden />
              <span>{t(`shell.menuEntry.${key}`)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
