import { ArrowRightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { type Remedy, remedyAddress } from './remedy';

/** Leads to where it is put right, and from there back to here. Nothing where that is this page. */
export function RemedyLink({ remedy }: { remedy: Remedy }) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const to = remedyAddress(remedy, `${pathname}${search}`);
  if (to === null) return null;
  return (
    <Link className="jy-remedy" to={to}>
      {t(`gates.remedy.${remedy.linkTo}`)} <ArrowRightOutlined aria-hidden />
    </Link>
  );
}
