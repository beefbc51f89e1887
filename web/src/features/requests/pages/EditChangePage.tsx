import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { RequestStateTag } from '../../../ui/states';
import {
  ChangeFormQuery,
  ChangeGroupFields,
  ChangeServiceFields,
  ChangeThingsFields,
  SavedChangeQuery,
} from '../change.gql';
import { ChangeForm } from '../forms/ChangeForm';
import { beginChange } from '../forms/change-draft';
import { RequestChoices } from '../request-form.gql';

/** A saved change, to be written on: its machines are read as they are now. */
export function EditChangePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: SavedChangeQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const resourceIds = (data?.request.lines ?? []).flatMap(({ changes }) =>
    changes.flatMap(({ resource }) => resource?.id ?? []),
  );
  const lineIds = (data?.request.lines ?? []).flatMap(({ service, server, cabinet, changedLineId }) =>
    (service ?? server ?? cabinet) && changedLineId ? changedLineId : [],
  );
  const nothing = resourceIds.length + lineIds.length === 0;
  const [form] = useQuery({ query: ChangeFormQuery, variables: { resourceIds, lineIds }, pause: nothing });
  const failure = error ?? form.error;
  if (!data || (!form.data && !nothing))
    return failure ? (
      <FailureState wholePage failure={failureOf(failure)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const { request } = data;
  if (request.nature !== 'CHANGE') return <Navigate to={routes.editRequest(id)} replace />;
  const groups = readFragment(ChangeGroupFields, form.data?.changeGroups ?? []);
  const services = readFragment(ChangeServiceFields, form.data?.changeableServices ?? []);
  const things = readFragment(ChangeThingsFields, form.data?.changeableThings ?? []);
  const edit = request.availableActions.find(({ action }) => action === 'EDIT');
  const back = <Link to={routes.request(request.id)}>{t('requestForm.backToRequest')}</Link>;
  return (
    <>
      <PageHeader
        title={t('change.edit', { code: request.code })}
        state={<RequestStateTag state={request.state} />}
        back={back}
      />
      {edit && edit.disabledReason === null && form.data ? (
        <ChangeForm
          key={request.id}
          groups={groups}
          services={services}
          things={things}
          choices={readFragment(RequestChoices, form.data)}
          saved={{ id: request.id, version: request.version }}
          start={() => beginChange(groups, services, things, request)}
        />
      ) : (
        <EmptyState title={t('requestForm.notEditable')} action={back}>
          {edit?.disabledReason}
        </EmptyState>
      )}
    </>
  );
}
