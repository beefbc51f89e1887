import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';
import { Time } from '../../../ui/Time';
import type { DeliveryAct, DeliveryItem } from './DeliveryItems';
import { LoginLine } from './LoginLine';

type Props = { item: DeliveryItem; mayAnswer: boolean; onAct: (act: DeliveryAct) => void };

/** One thing that was delivered: where it is, the way into it, and what the department says to it. */
export function DeliveryItemRow({ item, mayAnswer, onAct }: Props) {
  const { t } = useTranslation();
  const { login } = item;
  return (
    <li>
      <div className="jy-scan-head">
        {item.kind === 'VM' ? (
          <Link className="jy-strong" to={routes.resource(item.resourceId)}>
            {item.name}
          </Link>
        ) : (
          <>
            <span className="jy-mark">{t(`lineKind.${item.kind}`)}</span>
            {item.kind === 'SERVER' ? (
              <Link className="jy-strong" to={routes.server(item.resourceId)}>
                {item.name}
              </Link>
            ) : (
              <span className="jy-strong">{item.name}</span>
            )}
            <span className="jy-code">{item.code}</span>
          </>
        )}
        <span className="jy-quiet-text">{item.specification}</span>
        {item.addresses.length > 0 && <code>{item.addresses.join(', ')}</code>}
        <span className="jy-quiet-text">{item.center}</span>
      </div>
      {item.evidence && <p className="jy-quiet-text">{item.evidence}</p>}
      {login && (
        <LoginLine
          login={login}
          onReveal={() => onAct({ kind: 'reveal', item })}
          onReset={() => onAct({ kind: 'reset', item })}
        />
      )}
      {item.objections.map((objection) => (
        <div key={objection.id} className="jy-objection">
          <p>
            <strong>{t('deliverySheet.objection')}</strong> {objection.reason}{' '}
            <span className="jy-quiet-text">
              {objection.raisedBy} <Time at={objection.raisedAt} />
            </span>
          </p>
          {objection.answer ? (
            <p>
              <strong>{t('deliverySheet.answer')}</strong> {objection.answer}{' '}
              <span className="jy-quiet-text">
                {objection.answeredBy} {objection.answeredAt && <Time at={objection.answeredAt} />}
              </span>
            </p>
          ) : (
            mayAnswer && (
              <Button size="small" onClick={() => onAct({ kind: 'answer', objection })}>
                {t('deliverySheet.answerIt')}
              </Button>
            )
          )}
        </div>
      ))}
    </li>
  );
}
