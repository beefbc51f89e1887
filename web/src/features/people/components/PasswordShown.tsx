import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { Facts } from '../../../ui/Facts';

type Props = { username: string; password: string | null; onClose: () => void };

/** The one time that a made password is seen. Nothing keeps it: closing this is losing it. */
export function PasswordShown({ username, password, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('people.passwordShown')}
      onClose={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('people.passwordNoted')}
        </Button>
      }
    >
      <p className="jy-once-text">{password === null ? t('people.passwordGone') : t('people.passwordText')}</p>
      <Facts
        facts={[
          { label: t('people.username'), value: <code>{username}</code>, wide: true },
          ...(password === null
            ? []
            : [{ label: t('people.initialPassword'), value: <code className="jy-once">{password}</code>, wide: true }]),
        ]}
      />
    </Dialog>
  );
}
