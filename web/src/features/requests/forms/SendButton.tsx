import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../../ui/ActionButton';
import { useMay } from '../../../ui/viewer-context';
import type { Goal } from './use-save-draft';

/** To the check, and from there on its way. Who drafts and does not send finds the button, and why it does nothing. */
export function SendButton({ checking, busy }: { checking: boolean; busy: Goal | null }) {
  const { t } = useTranslation();
  const may = useMay();
  if (checking && !may('REQUEST', 'SUBMIT'))
    return (
      <ActionButton type="primary" disabledReason={t('requestForm.draftsOnly')} onPress={() => undefined}>
        {t('request.action.SEND_FOR_SIGN_OFF')}
      </ActionButton>
    );
  return (
    <Button type="primary" htmlType="submit" loading={busy === 'send'} disabled={busy === 'save'}>
      {t(checking ? 'request.action.SEND_FOR_SIGN_OFF' : 'requestCheck.proceed')}
    </Button>
  );
}
