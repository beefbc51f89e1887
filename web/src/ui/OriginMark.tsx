import { useTranslation } from 'react-i18next';

/** Beside the name of what was in use before the console knew of it (期初); nothing beside all else. */
export function OriginMark({ origin }: { origin: 'REQUEST' | 'INTAKE' | null }) {
  const { t } = useTranslation();
  if (origin !== 'INTAKE') return null;
  return (
    <span className="jy-mark" title={t('origin.INTAKE')}>
      {t('origin.mark')}
    </span>
  );
}
