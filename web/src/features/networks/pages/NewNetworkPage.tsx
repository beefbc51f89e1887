import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { useNetworkRights } from '../components/use-network-rights';
import { NetworkForm } from '../forms/NetworkForm';
import { atControls, contentOfNetwork, emptyNetwork, type NetworkDraft } from '../forms/network-draft';
import { CreateNetworkMutation, NewNetworkPageQuery } from '../networks.gql';

export function NewNetworkPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const may = useNetworkRights();
  const [{ data, error }, ask] = useQuery({ query: NewNetworkPageQuery });
  const { send, busy } = useOutcome(CreateNetworkMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const back = <Link to={routes.networks()}>{t('network.list')}</Link>;
  const create = async (draft: NetworkDraft) => {
    const answer = await send({ facts: contentOfNetwork(draft) });
    if (!answer.data) return atControls(answer.errors);
    notice(t('network.saved', { name: draft.name.trim() }));
    const made = answer.data.outcome.network;
    void navigate(made ? routes.network(made.id) : routes.networks());
    return [];
  };
  return (
    <>
      <PageHeader title={t('network.create')} back={back} />
      {may('CREATE') ? (
        <NetworkForm
          start={() => emptyNetwork}
          centers={data.centers}
          busy={busy}
          submit={t('network.create')}
          onSend={create}
          onCancel={() => void navigate(routes.networks())}
        />
      ) : (
        <EmptyState title={t('network.notYours')} action={back} />
      )}
    </>
  );
}
