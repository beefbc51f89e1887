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
import { ProjectForm } from '../forms/ProjectForm';
import { emptyProject, type ProjectContent } from '../forms/project-draft';
import { RegisterProjectMutation } from '../projects.gql';
import { RegisterPageQuery } from '../systems.gql';

export function NewProjectPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const [{ data, error }, ask] = useQuery({ query: RegisterPageQuery });
  const { send, busy } = useOutcome(RegisterProjectMutation);
  const [chosen, setChosen] = useState<string | null>(null);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const departmentId = chosen ?? data.viewer?.department?.id ?? null;
  const level =
    data.departments.nodes.find(({ id }) => id === departmentId)?.level ?? data.viewer?.department?.level ?? 'PROVINCE';
  const register = async (content: ProjectContent, fileIds: string[]) => {
    if (!departmentId) return [{ field: 'departmentId', message: t('system.departmentMissing') }];
    const answer = await send({ departmentId, content, fileIds });
    if (!answer.data) return answer.errors;
    notice(t('project.saved', { name: content.name.trim() }));
    const id = answer.data.outcome.project?.id;
    void navigate(id ? routes.project(id) : routes.projects());
    return [];
  };
  return (
    <>
      <PageHeader title={t('project.register')} back={<Link to={routes.projects()}>{t('project.list')}</Link>} />
      <ProjectForm
        start={() => emptyProject(new Date().getFullYear(), level)}
        level={level}
        department={(errors) => (
          <DepartmentField
            departments={data.departments.nodes}
            value={departmentId}
            errors={errors}
            onChange={setChosen}
          />
        )}
        busy={busy}
        submit={t('project.register')}
        onSend={register}
        onCancel={() => void navigate(routes.projects())}
      />
    </>
  );
}
