import { TableOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';
import type { ChosenSystem } from '../forms/request-draft';

/** Other ways to begin a request than by its kind. */
export function OtherStarts({ system }: { system: ChosenSystem | null }) {
  const { t } = useTranslation();
  return (
    <section className="jy-panel" aria-labelledby="start-other">
      <h2 id="start-other">{t('batch.otherStarts')}</h2>
      <ul className="jy-start-cards">
        <li>
          <Link className="jy-start-card" to={routes.newBatch({ system: system?.id })}>
            <TableOutlined aria-hidden />
            <span className="jy-strong">{t('batch.fromFile')}</span>
            <span className="jy-quiet-text">{t('batch.fromFileText')}</span>
          </Link>
        </li>
      </ul>
    </section>
  );
}
