import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { useEngineer } from '../components/use-engineer';
import { ServerForm } from '../forms/ServerForm';
import { emptyServer, factsOf, type ServerDraft } from '../forms/server-draft';
import { NewServerPageQuery, RegisterServerMutation } from '../servers.gql';

/** A machine that is bought, or has come: its life begins as planned. */
export function NewServerPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const engineer = useEngineer();
  const [asked] = useSearchParams();
  const [{ data, error }, ask] = useQuery({ query: NewServerPageQuery });
  const { send, busy } = useOutcome(RegisterServerMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  // Of a host that no asset is known for.
  const known = {
    serial: asked.get('serial') ?? '',
    centerId: data.centers.find(({ id }) => id === asked.get('center'))?.id ?? '',
    bmcAddress: asked.get('bmc') ?? '',
  };
  const onlyCenter = data.centers.length === 1 ? (data.centers[0]?.id ?? '') : '';
  const back = <Link to={routes.servers()}>{t('server.list')}</Link>;
  const register = async (draft: ServerDraft) => {
    const answer = await send({ facts: factsOf(draft) });
    if (!answer.data) return answer.errors;
    notice(t('server.registered', { name: draft.assetNumber.trim() }));
    const id = answer.data.outcome.server?.id;
    void navigate(id ? routes.server(id) : routes.servers());
    return [];
  };
  return (
    <>
      <PageHeader title={t('server.register')} back={back}>
        {t('server.registerLead')}
      </PageHeader>
      {engineer('CREATE') ? (
        <ServerForm
          start={() => ({ ...emptyServer, ...known, centerId: known.centerId || onlyCenter })}
          centers={data.centers}
          makers={data.cpuMakers}
          standsIn={null}
          busy={busy}
          submit={t('server.register')}
          onSend={register}
          onCancel={() => void navigate(routes.servers())}
        />
      ) : (
        <EmptyState title={t('server.notYours')} action={back} />
      )}
    </>
  );
}
