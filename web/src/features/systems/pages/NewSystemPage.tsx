import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { DepartmentField } from '../forms/DepartmentField';
import { SystemForm } from '../forms/SystemForm';
import { contentOfSystem, emptySystem, type SystemDraft } from '../forms/system-draft';
import { RegisterPageQuery, RegisterSystemMutation } from '../systems.gql';

export function NewSystemPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const [{ data, error }, ask] = useQuery({ query: RegisterPageQuery });
  const { send, busy } = useOutcome(RegisterSystemMutation);
  const [chosen, setChosen] = useState<string | null>(null);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const departmentId = chosen ?? data.viewer?.department?.id ?? null;
  const register = async (draft: SystemDraft) => {
    if (!departmentId) return [{ field: 'departmentId', message: t('system.departmentMissing') }];
    const answer = await send({ departmentId, content: contentOfSystem(draft) });
    if (!answer.data) return answer.errors;
    notice(t('system.saved', { name: draft.name.trim() }));
    const id = answer.data.outcome.system?.id;
    void navigate(id ? routes.system(id) : routes.systems());
    return [];
  };
  return (
    <>
      <PageHeader title={t('system.register')} back={<Link to={routes.systems()}>{t('system.list')}</Link>}>
        {t('system.registerLead')}
      </PageHeader>
      <SystemForm
        start={() => emptySystem}
        department={(errors) => (
          <DepartmentField
            departments={data.departments.nodes}
            value={departmentId}
            errors={errors}
            onChange={setChosen}
          />
        )}
        busy={busy}
        submit={t('system.register')}
        onSend={register}
        onCancel={() => void navigate(routes.systems())}
      />
    </>
  );
}
