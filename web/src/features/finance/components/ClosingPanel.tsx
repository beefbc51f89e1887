import { ClockCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { checkResults, closingStates } from '../../../ui/closing-states';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { MonthToCloseParts } from '../finance.gql';

/** The month that is closed next: what keeps it open, and who has not confirmed. */
export function ClosingPanel({ closing: masked }: { closing: FragmentOf<typeof MonthToCloseParts> | null }) {
  const { t } = useTranslation();
  const closing = readFragment(MonthToCloseParts, masked);
  const next = closing?.next ?? null;
  if (!next)
    return (
      <Panel title={t('finance.closing')} aside={<Link to={routes.closings()}>{t('finance.all')}</Link>}>
        <p className="jy-quiet-text">
          {closing?.closedThrough
            ? t('finance.closingDone', { month: closing.closedThrough })
            : t('finance.closingNone')}
        </p>
      </Panel>
    );
  const open = next.checks.filter(({ result }) => result !== 'CLEAR');
  const more = next.unconfirmedCount - next.unconfirmed.length;
  return (
    <Panel
      title={t('finance.closingOf', { month: next.month })}
      aside={
        <>
          {next.state ? (
            <StateTag look={closingStates[next.state]} word={t(`closing.state.${next.state}`)} />
          ) : (
            <StateTag look={{ tone: 'quiet', icon: ClockCircleOutlined }} word={t('finance.notAsked')} />
          )}
          <Link
            to={
              next.closingId
                ? routes.closing(next.closingId)
                : routes.closings({ month: next.month, city: closing?.cityId ?? null })
            }
          >
            {t('finance.closingOpen')}
          </Link>
        </>
      }
    >
      <p className="jy-quiet-text">
        {t('finance.closingFigures', { departments: next.departments })} <Money fen={next.amount} compact />
      </p>
      {open.length === 0 && <StateTag look={checkResults.CLEAR} word={t('finance.closingClear')} />}
      <ul className="jy-finance-list">
        {open.map(({ count: found, examples, item, result }) => (
          <li key={item}>
            <span>
              {t(`closing.items.${item}`)}
              {item !== 'UNCONFIRMED' && examples.length > 0 && (
                <span className="jy-finance-note">{examples.join(t('common.comma'))}</span>
              )}
            </span>
            <span className="jy-finance-end">
              <StateTag look={checkResults[result]} word={t(`closing.results.${result}`)} />
              <span className="jy-number jy-strong">{count(found)}</span>
            </span>
          </li>
        ))}
      </ul>
      {next.unconfirmed.length > 0 && (
        <>
          <h3 className="jy-finance-subhead">{t('finance.unconfirmed', { count: next.unconfirmedCount })}</h3>
          <ul className="jy-finance-list">
            {next.unconfirmed.map(({ amount, department, month }) => (
              <li key={department.id}>
                <Link to={routes.statement(department.id, month)}>{department.name}</Link>
                <Money fen={amount} compact />
              </li>
            ))}
          </ul>
          {more > 0 && (
            <Link to={routes.statements(next.month)}>
              {t('finance.unconfirmedMore', { count: next.unconfirmedCount })}
            </Link>
          )}
        </>
      )}
    </Panel>
  );
}
