import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { routes } from '../../../lib/routes';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { DefinitionForm } from '../forms/DefinitionForm';
import { type DefinitionDraft, emptyDefinition, inputOfDraft } from '../forms/definition-draft';
import { AddServiceMutation } from '../services.gql';

/** A new service, defined by data. */
export function NewServicePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const { send, busy } = useOutcome(AddServiceMutation);
  const back = <Link to={routes.catalogOf('ServiceOffer')}>{t('serviceEditor.toServices')}</Link>;
  const add = async (draft: DefinitionDraft) => {
    const answer = await send({ code: draft.code.trim(), definition: inputOfDraft(draft) });
    if (!answer.data) return answer.errors;
    notice(t('catalog.added', { name: answer.data.outcome.entry?.name ?? draft.nameZh }));
    void navigate(routes.catalogOf('ServiceOffer', answer.data.outcome.entry?.id));
    return [];
  };
  return (
    <>
      <PageHeader title={t('catalog.add.ServiceOffer')} back={back}>
        {t('serviceEditor.newLead')}
      </PageHeader>
      {useMay()('CATALOG', 'EDIT') ? (
        <DefinitionForm
          start={emptyDefinition}
          codeFixed={false}
          busy={busy}
          submit={t('catalog.add.ServiceOffer')}
          onSend={add}
          onCancel={() => void navigate(routes.catalogOf('ServiceOffer'))}
        />
      ) : (
        <EmptyState title={t('serviceEditor.notYours')} action={back} />
      )}
    </>
  );
}
