import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { OpenDisputeParts, StatementToConfirmParts } from '../finance.gql';

type DisputesProps = {
  disputes: { totalCount: number; nodes: readonly FragmentOf<typeof OpenDisputeParts>[] };
  department: string | null;
};

/** Lines that somebody does not accept and nobody has answered yet. */
export function DisputesPanel({ department, disputes }: DisputesProps) {
  const { t } = useTranslation();
  const rows = readFragment(OpenDisputeParts, disputes.nodes);
  return (
    <Panel
      title={t('finance.disputes', { count: disputes.totalCount })}
      aside={<Link to={routes.disputes({ state: 'OPEN', department })}>{t('finance.all')}</Link>}
    >
      {rows.length === 0 && <p className="jy-quiet-text">{t('finance.noDisputes')}</p>}
      <ul className="jy-finance-list">
        {rows.map((row) => (
          <li key={row.id}>
            <span>
              <Link to={routes.dispute(row.id)}>
                {row.resourceName} · {row.name}
              </Link>
              <span className="jy-finance-note">
                {t('finance.disputeBy', { department: row.department?.name ?? '–', month: row.month })}
              </span>
            </span>
            <Money fen={row.amount} compact />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What fits beside the other panels; the rest is in the list. */
const SHOWN_MAX = 8;

/** Statements that wait for the department's word, the oldest first. */
export function ConfirmPanel({ statements }: { statements: readonly FragmentOf<typeof StatementToConfirmParts>[] }) {
  const { t } = useTranslation();
  const all = readFragment(StatementToConfirmParts, statements);
  const rows = all.slice(0, SHOWN_MAX);
  return (
    <Panel title={t('finance.confirmTitle')} aside={<Link to={routes.statements()}>{t('finance.all')}</Link>}>
      {rows.length === 0 && <p className="jy-quiet-text">{t('finance.noConfirm')}</p>}
      <ul className="jy-finance-list">
        {rows.map(({ amount, department, dueAt, month }) => (
          <li key={`${department.id} ${month}`}>
            <span>
              <Link to={routes.statement(department.id, month)}>
                {department.name} · {month}
              </Link>
              {dueAt && (
                <span className="jy-finance-note">{t('finance.due', { at: exactTime(dueAt).slice(0, 10) })}</span>
              )}
            </span>
            <Money fen={amount} compact />
          </li>
        ))}
      </ul>
      {all.length > rows.length && (
        <p className="jy-quiet-text">{t('finance.confirmMore', { count: all.length - rows.length })}</p>
      )}
    </Panel>
  );
}
