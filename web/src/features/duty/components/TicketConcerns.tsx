import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { NoticeRow, type Ticket, type TicketLine } from '../duty.gql';
import { UnlinkTicketMutation } from '../duty-acts.gql';
import { subjectRoute } from '../duty-looks';

/** What it is about and what it came from; from the other end, what came of it. */
export function TicketLinks({ ticket, row, operates }: { ticket: Ticket; row: TicketLine; operates: boolean }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(UnlinkTicketMutation);
  const unlink = async ({ subjectId, subjectType }: Ticket['links'][number]) => {
    const { data, errors } = await send({ id: row.id, expectedVersion: row.version, subjectType, subject: subjectId });
    notice(data ? t('desk.unlinked') : (errors[0]?.message ?? ''));
  };
  return (
    <Panel title={t('desk.links')}>
      {ticket.links.length + ticket.namedBy.length === 0 ? (
        <p className="jy-quiet-text">{t('desk.noLinks')}</p>
      ) : (
        <ul className="jy-desk-list">
          {ticket.namedBy.map(({ code, id, kind, state, title }) => (
            <li key={id} className="jy-desk-item">
              <div className="jy-desk-what">
                <span className="jy-quiet-text">{t(`desk.kind.${kind}`)}</span>{' '}
                <Link to={routes.dutyTicket(id)}>
                  {code} {title}
                </Link>{' '}
                <span className="jy-quiet-text">{t(`desk.state.${state}`)}</span>
              </div>
            </li>
          ))}
          {ticket.links.map((link) => (
            <li key={`${link.subjectType}-${link.subjectId}`} className="jy-desk-item">
              <div className="jy-desk-what">
                <span className="jy-quiet-text">{t(`desk.subject.${link.subjectType}`)}</span>{' '}
                <Link to={subjectRoute(link.subjectType, link.subjectId)}>{link.subjectName}</Link>
              </div>
              {operates && !row.closedAt && (
                <Button
                  type="text"
                  size="small"
                  loading={busy}
                  aria-label={`${t('desk.unlink')} ${link.subjectName}`}
                  onClick={() => unlink(link)}
                >
                  {t('desk.unlink')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function Affected({ ticket: { affected } }: { ticket: Ticket }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('desk.affected', { n: affected.length })}>
      {affected.length === 0 ? (
        <p className="jy-quiet-text">{t('desk.nobodyAffected')}</p>
      ) : (
        <ul className="jy-desk-list">
          {affected.slice(0, 20).map(({ departmentId, name, systems }) => (
            <li key={departmentId} className="jy-desk-item">
              <div className="jy-desk-what">
                {name}
                {systems.length > 0 && <div className="jy-quiet-text">{systems.join(t('dr.comma'))}</div>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function TicketNotices({ ticket: { notices } }: { ticket: Ticket }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('desk.notices')}>
      {notices.length === 0 ? (
        <p className="jy-quiet-text">{t('desk.noNotices')}</p>
      ) : (
        <ul className="jy-desk-list">
          {notices.map((node) => {
            const { code, id, kind, reading, sentAt, title } = readFragment(NoticeRow, node);
            return (
              <li key={id} className="jy-desk-item">
                <div className="jy-desk-what">
                  <Link to={routes.dutyNotice(id)}>{title}</Link>
                  <div className="jy-quiet-text">
                    <span className="jy-code">{code}</span> {t(`desk.noticeKinds.${kind}`)} · <Time at={sentAt} />
                  </div>
                </div>
                <div className="jy-desk-due">
                  {reading && t('desk.readOf', { read: reading.read, told: reading.told })}
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
