import { CheckOutlined, ExceptionOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { RequestDelivery } from '../delivery.gql';
import { AnswerDialog } from './AnswerDialog';
import { ConfirmDeliveryDialog } from './ConfirmDeliveryDialog';
import { FirstLoginDialog } from './FirstLoginDialog';
import { LoginLine } from './LoginLine';
import { ObjectDialog } from './ObjectDialog';
import { DeliverySheetTag } from './paper-states';
import { ResetLoginDialog } from './ResetLoginDialog';

export type DeliverySheet = NonNullable<ResultOf<typeof RequestDelivery>['deliverySheet']>;
export type DeliveryItem = DeliverySheet['items'][number];
type Objection = DeliveryItem['objections'][number];

type Open =
  | { kind: 'confirm' | 'object' }
  | { kind: 'reveal' | 'reset'; item: DeliveryItem }
  | { kind: 'answer'; objection: Objection };

/** What was delivered: taken over by the applicant, confirmed or objected to by the department, answered by the center. */
export function DeliveryPanel({ request: masked }: { request: FragmentOf<typeof RequestDelivery> }) {
  const { t } = useTranslation();
  const { id, deliverySheet: sheet } = readFragment(RequestDelivery, masked);
  const [open, setOpen] = useState<Open | null>(null);
  if (!sheet) return null;
  const close = () => setOpen(null);
  return (
    <Panel title={t('deliverySheet.title')} aside={<DeliverySheetTag state={sheet.state} />}>
      <div className="jy-papers">
        <Standing sheet={sheet} />
        <div className="jy-paper-acts">
          {sheet.mayConfirm && (
            <>
              <Button type="primary" icon={<CheckOutlined aria-hidden />} onClick={() => setOpen({ kind: 'confirm' })}>
                {t('deliverySheet.confirm')}
              </Button>
              <Button icon={<ExceptionOutlined aria-hidden />} onClick={() => setOpen({ kind: 'object' })}>
                {t('deliverySheet.object')}
              </Button>
            </>
          )}
          <Button href={sheet.sheetUrl} icon={<PrinterOutlined aria-hidden />} download>
            {t('deliverySheet.print')}
          </Button>
        </div>
        <ul className="jy-scans">
          {sheet.items.map((item) => (
            <Item
              key={item.resourceId}
              item={item}
              mayAnswer={sheet.mayAnswer}
              requestId={id}
              onReveal={() => setOpen({ kind: 'reveal', item })}
              onReset={() => setOpen({ kind: 'reset', item })}
              onAnswer={(objection) => setOpen({ kind: 'answer', objection })}
            />
          ))}
        </ul>
      </div>
      {open?.kind === 'confirm' && <ConfirmDeliveryDialog requestId={id} sheet={sheet} onClose={close} />}
      {open?.kind === 'object' && <ObjectDialog requestId={id} sheet={sheet} onClose={close} />}
      {open?.kind === 'reveal' && <FirstLoginDialog item={open.item} onClose={close} />}
      {open?.kind === 'reset' && <ResetLoginDialog item={open.item} onClose={close} />}
      {open?.kind === 'answer' && <AnswerDialog objection={open.objection} onClose={close} />}
    </Panel>
  );
}

function Standing({ sheet }: { sheet: DeliverySheet }) {
  const { t } = useTranslation();
  const { confirmedAt, dueAt } = sheet;
  if (confirmedAt)
    return (
      <p className="jy-quiet-text">
        {sheet.code} ·{' '}
        {sheet.byRule ? t('deliverySheet.byRule') : t('deliverySheet.confirmedBy', { name: sheet.confirmedBy })}{' '}
        <Time at={confirmedAt} exact />
      </p>
    );
  return (
    <p className="jy-quiet-text">
      {sheet.code} · {t('deliverySheet.openedAt')} <Time at={sheet.openedAt} exact />
      {dueAt ? (
        <>
          {' · '}
          {t('deliverySheet.dueAt')} <Time at={dueAt} exact />
        </>
      ) : (
        ` · ${t('deliverySheet.waitsForAnswer')}`
      )}
    </p>
  );
}

type ItemProps = {
  item: DeliveryItem;
  requestId: string;
  mayAnswer: boolean;
  onReveal: () => void;
  onReset: () => void;
  onAnswer: (objection: Objection) => void;
};

function Item({ item, requestId, mayAnswer, onReveal, onReset, onAnswer }: ItemProps) {
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
      {login && <LoginLine requestId={requestId} login={login} onReveal={onReveal} onReset={onReset} />}
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
              <Button size="small" onClick={() => onAnswer(objection)}>
                {t('deliverySheet.answerIt')}
              </Button>
            )
          )}
        </div>
      ))}
    </li>
  );
}
