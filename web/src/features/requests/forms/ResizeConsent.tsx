import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { type FormError, fieldId } from '../../../ui/forms/form-errors';
import { ErrorText } from './ErrorText';
import type { ResizeWays } from './use-preview-change';

type Props = {
  ways: ResizeWays;
  agreed: boolean;
  errors: readonly FormError[];
  onChange: (agreed: boolean) => void;
};

/** How machines get their new size: only a restart is asked for. */
export function ResizeConsent({ ways: { restartCount, liveCount }, agreed, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {liveCount > 0 && (
        <p className="jy-hint">{t(restartCount > 0 ? 'change.liveSome' : 'change.liveAll', { count: liveCount })}</p>
      )}
      {restartCount > 0 && (
        <>
          <ErrorText errors={errors.filter(({ field }) => field === 'restartAgreed')} />
          <Checkbox id={fieldId('restartAgreed')} checked={agreed} onChange={(event) => onChange(event.target.checked)}>
            {t('change.restartAgree')}
          </Checkbox>
          <p className="jy-hint">{t('change.restartHint')}</p>
        </>
      )}
    </>
  );
}
