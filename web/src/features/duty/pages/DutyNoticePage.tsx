import { Button } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { NoticeFacts, NoticeQuery, NoticeRow } from '../duty.gql';
import { ReadNoticeMutation, RemindOfNoticeMutation } from '../duty-acts.gql';
import { useDutyLive } from '../use-duty-live';

/** One notice: its text, and who has read it: those who have not, first. */
export function DutyNoticePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: NoticeQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useDutyLive(again);
  if (!data)
    return error ? <FailureState wholePage failure={failureOf(error)} onRetry={again} /> : <LoadingState rows={8} />;
  if (!data.dutyNotice)
    return (
      <EmptyState title={t('desk.noticeNotThere')} action={<Link to={routes.dutyNotices()}>{t('desk.notices')}</Link>}>
        {t('desk.notThereText')}
      </EmptyState>
    );
  return <NoticeParts notice={readFragment(NoticeFacts, data.dutyNotice)} />;
}

function NoticeParts({ notice }: { notice: ResultOf<typeof NoticeFacts> }) {
  const { t } = useTranslation();
  const tell = useNotice();
  const may = useMay();
  const row = readFragment(NoticeRow, notice);
  const read = useOutcome(ReadNoticeMutation);
  const remind = useOutcome(RemindOfNoticeMutation);
  // Of a whole province not all receipts are shown; how many have read it is counted over all.
  const unread = row.reading ? row.reading.told - row.reading.read : 0;
  const hidden = row.reading ? row.reading.told - notice.receipts.length : 0;
  const press = async (with_: typeof read | typeof remind, done: string) => {
    const { data, errors } = await with_.send({ id: notice.id });
    tell(data ? done : (errors[0]?.message ?? ''));
  };
  return (
    <>
      <PageHeader
        title={row.title}
        back={<Link to={routes.dutyNotices()}>{t('desk.notices')}</Link>}
        actions={
          <>
            {may('DUTY', 'OPERATE') && unread > 0 && (
              <Button loading={remind.busy} onClick={() => press(remind, t('desk.reminded'))}>
                {t('desk.remind', { n: unread })}
              </Button>
            )}
            {row.mayRead && (
              <Button type="primary" loading={read.busy} onClick={() => press(read, t('desk.receiptGiven'))}>
                {t('desk.giveReceipt')}
              </Button>
            )}
          </>
        }
      >
        <span className="jy-code">{row.code}</span> {t(`desk.noticeKinds.${row.kind}`)} · {row.sentBy} ·{' '}
        <Time at={row.sentAt} exact />
      </PageHeader>
      <Panel
        title={t('desk.noticeText')}
        aside={notice.ticket && <Link to={routes.dutyTicket(notice.ticket.id)}>{notice.ticket.code}</Link>}
      >
        <p className="jy-desk-words">{notice.body}</p>
      </Panel>
      <Panel
        title={row.reading ? t('desk.readOf', { read: row.reading.read, told: row.reading.told }) : t('desk.receipts')}
      >
        <Receipts receipts={notice.receipts} />
        {hidden > 0 && <p className="jy-quiet-text">{t('desk.receiptsHidden', { n: hidden })}</p>}
      </Panel>
    </>
  );
}

function Receipts({ receipts }: { receipts: ResultOf<typeof NoticeFacts>['receipts'] }) {
  const { t } = useTranslation();
  return (
    <WideTable label={t('desk.receipts')}>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t('desk.department')}</th>
            <th scope="col">{t('desk.itsSystems')}</th>
            <th scope="col">{t('desk.receipt')}</th>
          </tr>
        </thead>
        <tbody>
          {receipts.map(({ departmentId, departmentName, readAt, readBy, systems }) => (
            <tr key={departmentId}>
              <th scope="row">{departmentName}</th>
              <td>{systems.join(t('dr.comma')) || '–'}</td>
              <td>
                {readAt ? (
                  <>
                    {readBy} <Time at={readAt} exact />
                  </>
                ) : (
                  <span className="jy-desk-late">{t('desk.unread')}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
