import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { ChangeFormQuery, ChangeGroupFields, ChangeServiceFields, ChangeThingsFields } from '../change.gql';
import { ChangeChoices } from '../forms/ChangeChoices';
import { ChangeForm } from '../forms/ChangeForm';
import { beginChange, withOffer } from '../forms/change-draft';
import { RequestChoices } from '../request-form.gql';

/** 变更申请: which machines, then what they shall be. Both stand in the address. */
export function ChangePage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const resourceIds = listed(params, 'resources');
  const lineIds = listed(params, 'services');
  const chosen = resourceIds.length + lineIds.length > 0;
  return (
    <>
      <PageHeader
        title={t('change.title')}
        back={
          chosen ? (
            <Link to={routes.changeRequest([], params.get('system') ?? undefined)}>{t('change.chooseAgain')}</Link>
          ) : (
            <Link to={routes.newRequest()}>{t('requestStart.backToStart')}</Link>
          )
        }
      >
        {t(chosen ? 'change.lead' : 'change.chooseLead')}
      </PageHeader>
      {chosen ? (
        <NewChange
          key={[...resourceIds, ...lineIds].join()}
          resourceIds={resourceIds}
          lineIds={lineIds}
          offerId={params.get('offer')}
        />
      ) : (
        <ChangeChoices />
      )}
    </>
  );
}

const listed = (params: URLSearchParams, name: string): string[] => (params.get(name) ?? '').split(',').filter(Boolean);

type NewChangeProps = { resourceIds: string[]; lineIds: string[]; offerId: string | null };

function NewChange({ resourceIds, lineIds, offerId }: NewChangeProps) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({
    query: ChangeFormQuery,
    variables: { resourceIds, lineIds },
    requestPolicy: 'cache-and-network',
  });
  if (!data)
    return error ? (
      <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const groups = readFragment(ChangeGroupFields, data.changeGroups);
  const services = readFragment(ChangeServiceFields, data.changeableServices);
  const things = readFragment(ChangeThingsFields, data.changeableThings);
  if (groups.length + services.length + things.length === 0)
    return (
      <EmptyState
        title={t('change.noneFound')}
        action={<Link to={routes.changeRequest()}>{t('change.chooseAgain')}</Link>}
      >
        {t('change.noneFoundText')}
      </EmptyState>
    );
  const choices = readFragment(RequestChoices, data);
  return (
    <ChangeForm
      groups={groups}
      services={services}
      things={things}
      choices={choices}
      saved={null}
      start={() => withOffer(beginChange(groups, services, things, null), offerId, choices)}
    />
  );
}
