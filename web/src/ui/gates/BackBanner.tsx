import { ArrowLeftOutlined, InfoCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { routes, safeNext } from '../../lib/routes';
import { BACK, PUT } from './remedy';

type Props = {
  /** The viewer may put it right here. */
  editable: boolean;
};

/** Says why one came here from a request, and leads back to it. Nothing for whoever came by another way. */
export function BackBanner({ editable }: Props) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const back = safeNext(params.get(BACK));
  if (back === routes.home()) return null;
  const put = params.get(PUT) ?? 'record';
  const what = put === 'declaration' || put === 'reliability' ? put : 'record';
  return (
    <section className="jy-notice-bar" aria-label={t('gates.backTitle')}>
      <InfoCircleOutlined aria-hidden />
      <p>{t(editable ? `gates.put.${what}` : 'gates.putByOther')}</p>
      <Link to={back}>
        <ArrowLeftOutlined aria-hidden /> {t('gates.back')}
      </Link>
    </section>
  );
}
