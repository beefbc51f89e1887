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
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useNetworkRights } from '../components/use-network-rights';
import { NetworkForm } from '../forms/NetworkForm';
import { atControls, contentOfNetwork, draftOfNetwork, type NetworkDraft } from '../forms/network-draft';
import { EditNetworkMutation, EditNetworkPageQuery } from '../networks.gql';

/** Name, VLAN, prefixes and reserved ranges; what is claimed must keep its place, and the server sees to it. */
export function EditNetworkPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const may = useNetworkRights();
  const { id = '' } = useParams();
  const [{ data: read, error }, ask] = useQuery({
    query: EditNetworkPageQuery,
    variables: { id },
    requestPolicy: 'network-only',
  });
  const data = useOpened(id, read);
  const { send, busy } = useOutcome(EditNetworkMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask()} />
    ) : (
      <LoadingState rows={12} />
    );
  const { network } = data;
  const back = <Link to={routes.network(network.id)}>{network.name}</Link>;
  const save = async (draft: NetworkDraft) => {
    const answer = await send({ id: network.id, expectedVersion: network.version, facts: contentOfNetwork(draft) });
    if (!answer.data) return atControls(answer.errors);
    notice(t('network.saved', { name: draft.name.trim() }));
    void navigate(routes.network(network.id));
    return [];
  };
  return (
    <>
      <PageHeader
        title={t('network.editTitle', { name: network.name })}
        back={back}
        state={<CenterMark role={network.center.role} name={network.center.name} />}
      >
        <span className="jy-code">{network.code}</span>
        {` · ${t(`zone.${network.zone}`)} · ${t('network.fixed')}`}
      </PageHeader>
      {may('EDIT') ? (
        <NetworkForm
          key={network.id}
          start={() => draftOfNetwork(network)}
          centers={null}
          busy={busy}
          submit={t('network.save')}
          onSend={save}
          onCancel={() => void navigate(routes.network(network.id))}
        />
      ) : (
        <EmptyState title={t('network.notYours')} action={back} />
      )}
    </>
  );
}
