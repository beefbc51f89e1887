import { PlusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';

/** So many are seen at a glance. */
const SYSTEMS_SHOWN = 3;

type Props = { systems: readonly { id: string; name: string }[] };

/** The systems that one asked for last, each a press away from a form that begins like the last request. */
export function QuickStart({ systems }: Props) {
  const { t } = useTranslation();
  const shown = [...new Map(systems.map((system) => [system.id, system])).values()].slice(0, SYSTEMS_SHOWN);
  if (shown.length === 0) return null;
  return (
    <nav className="jy-quick-start" aria-label={t('home.quickStart')}>
      <span aria-hidden="true">{t('home.quickStart')}</span>
      <ul>
        {shown.map(({ id, name }) => (
          <li key={id}>
            <Link to={routes.newRequest({ kind: 'VM', system: id })}>
              <PlusOutlined aria-hidden /> {name} · {t('home.quickVm')}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
