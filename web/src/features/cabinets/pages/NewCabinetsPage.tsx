import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { useOpened } from '../../../ui/forms/use-draft';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { useEngineers } from '../components/use-engineers';
import { BatchForm } from '../forms/BatchForm';
import { type BatchDraft, batchErrors, batchFor, codesOf, contentOfBatch } from '../forms/cabinet-draft';
import { CreateCabinetsMutation, NewCabinetsPageQuery } from '../rooms.gql';

/** New cabinets at the end of a row. */
export function NewCabinetsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const engineers = useEngineers();
  const { id = '' } = useParams();
  const [{ data: read, error }, ask] = useQuery({
    query: NewCabinetsPageQuery,
    variables: { id },
    requestPolicy: 'network-only',
  });
  const data = useOpened(id, read);
  const { send, busy } = useOutcome(CreateCabinetsMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask()} />
    ) : (
      <LoadingState rows={12} />
    );
  const { cabinetRow: row } = data;
  const title = t('cabinet.rowTitle', { room: row.room.name, code: row.code });
  const back = <Link to={routes.cabinetRow(row.id)}>{title}</Link>;
  const create = async (draft: BatchDraft) => {
    const answer = await send({ rowId: row.id, cabinets: contentOfBatch(draft) });
    if (!answer.data) return batchErrors(answer.errors, codesOf(draft));
    notice(t('racking.created', { codes: codesOf(draft).join(t('common.comma')) }));
    void navigate(routes.cabinetRow(row.id));
    return [];
  };
  return (
    <>
      <PageHeader title={t('racking.newCabinets')} back={back}>
        {row.cabinets.length === 0
          ? t('racking.newCabinetsFirst')
          : t('racking.newCabinetsLead', { count: row.cabinets.length })}
      </PageHeader>
      {engineers('CREATE') ? (
        <BatchForm
          key={row.id}
          start={() => batchFor(row)}
          busy={busy}
          onSend={create}
          onCancel={() => void navigate(routes.cabinetRow(row.id))}
        />
      ) : (
        <EmptyState title={t('racking.notYours')} action={back} />
      )}
    </>
  );
}
