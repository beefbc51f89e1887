import { KeyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { Time } from '../../../ui/Time';
import type { ServerHostParts } from '../hosts.gql';

type Login = NonNullable<ResultOf<typeof ServerHostParts>['firstLogin']>;

/** Whether the way into what was installed was handed over, and to whom. */
export function ServerLogin({ login, onReveal }: { login: Login; onReveal: () => void }) {
  const { t } = useTranslation();
  const { expiresAt, mayReveal, revealedAt, revealedBy, state } = login;
  return (
    <div className="jy-scan-head">
      <span className="jy-quiet-text">
        {state !== 'RESETTING' && t(`deliverySheet.login.${state}`, { name: revealedBy ?? '' })}{' '}
        {state === 'READY' && <Time at={expiresAt} exact />}
        {revealedAt && <Time at={revealedAt} exact />}
      </span>
      {mayReveal && (
        <Button size="small" icon={<KeyOutlined aria-hidden />} onClick={onReveal}>
          {t('deliverySheet.reveal')}
        </Button>
      )}
    </div>
  );
}
