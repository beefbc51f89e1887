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
import { ProjectForm } from '../forms/ProjectForm';
import { draftOfProject, type ProjectContent } from '../forms/project-draft';
import { EditProjectMutation, ProjectPageQuery, ProjectParts } from '../projects.gql';

export function EditProjectPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: ProjectPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const { send, busy } = useOutcome(EditProjectMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const project = readFragment(ProjectParts, data.project);
  const back = <Link to={routes.project(project.id)}>{t('project.backToProject')}</Link>;
  const save = async (content: ProjectContent, fileIds: string[]) => {
    const answer = await send({ id: project.id, expectedVersion: project.version, content, fileIds });
    if (!answer.data) return answer.errors;
    notice(t('project.saved', { name: content.name.trim() }));
    void navigate(routes.project(project.id));
    return [];
  };
  return (
    <>
      <PageHeader title={t('project.editTitle', { name: project.name })} back={back}>
        {project.editing === 'BUDGET_KEYS' && t('project.keysOnly')}
      </PageHeader>
      {project.editing === 'NONE' ? (
        <EmptyState title={t('project.notEditable')} action={back} />
      ) : (
        <ProjectForm
          key={project.id}
          start={() => draftOfProject(project)}
          level={project.department.level}
          keysOnly={project.editing === 'BUDGET_KEYS'}
          busy={busy}
          submit={t('project.save')}
          onSend={save}
          onCancel={() => void navigate(routes.project(project.id))}
        />
      )}
    </>
  );
}
