import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { DefinitionForm } from '../forms/DefinitionForm';
import { type DefinitionDraft, draftOfDefinition, inputOfDraft } from '../forms/definition-draft';
import { DefinitionParts, ReviseServiceMutation, ReviseServicePageQuery } from '../services.gql';

/** The next version of what a service is. Requests made by an earlier one keep that. */
export function ReviseServicePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const mayEdit = useMay()('CATALOG', 'EDIT');
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: ReviseServicePageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const { send, busy } = useOutcome(ReviseServiceMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const service = data.node && 'definition' in data.node ? data.node : null;
  const back = <Link to={routes.catalogOf('ServiceOffer', service?.id)}>{t('serviceEditor.toServices')}</Link>;
  if (!service || !mayEdit)
    return (
      <>
        <PageHeader title={t('serviceEditor.revise')} back={back} />
        <EmptyState title={t(service ? 'serviceEditor.notYours' : 'serviceEditor.notThere')} action={back} />
      </>
    );
  const definition = readFragment(DefinitionParts, service.definition);
  const leave = () => void navigate(routes.catalogOf('ServiceOffer', service.id));
  const revise = async (draft: DefinitionDraft) => {
    const answer = await send({ id: service.id, expectedVersion: service.version, definition: inputOfDraft(draft) });
    if (!answer.data) return answer.errors;
    notice(t('serviceEditor.revised', { name: draft.nameZh.trim(), number: definition.number + 1 }));
    leave();
    return [];
  };
  return (
    <>
      <PageHeader title={t('serviceEditor.reviseOf', { name: service.name })} back={back}>
        {t('serviceEditor.reviseLead', { number: definition.number, next: definition.number + 1 })}
      </PageHeader>
      <DefinitionForm
        key={definition.id}
        start={() => draftOfDefinition(service.code, definition)}
        codeFixed
        busy={busy}
        submit={t('serviceEditor.saveAs', { number: definition.number + 1 })}
        onSend={revise}
        onCancel={leave}
      />
    </>
  );
}
