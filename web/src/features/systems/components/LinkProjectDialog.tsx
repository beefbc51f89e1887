import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useDebounced } from '../../../lib/use-debounced';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ProjectSearchQuery } from '../projects.gql';
import { LinkProjectMutation } from '../systems.gql';

const REST_MILLISECONDS = 250;

/** A project begins to pay for the system. */
export function LinkProjectDialog({ systemId, onClose }: { systemId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(LinkProjectMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), REST_MILLISECONDS);
  const [{ data, fetching }] = useQuery({ query: ProjectSearchQuery, variables: { search: search || null } });
  const [projectId, setProjectId] = useState<string | null>(null);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!projectId) return refuse([{ field: 'projectId', message: t('system.projectMissing') }]);
    const answer = await send({ systemId, projectId, from, to: to || null });
    if (!answer.data) return refuse(answer.errors);
    notice(t('system.linked'));
    onClose();
  };

  return (
    <Dialog title={t('system.linkProject')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <Field field="projectId" label={t('request.project')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              // Inside the dialog: what lies outside a modal dialog cannot be reached.
              getPopupContainer={(trigger) => trigger.parentElement ?? document.body}
              showSearch={{ filterOption: false, onSearch: setText }}
              loading={fetching}
              placeholder={t('project.searchPlaceholder')}
              notFoundContent={fetching ? t('common.loading') : t('project.none')}
              value={projectId}
              onChange={(id: string) => {
                setProjectId(id);
                changed('projectId');
              }}
              options={(data?.projects.nodes ?? []).map((project) => ({
                value: project.id,
                label: `${project.name} · ${project.code}`,
              }))}
            />
          )}
        </Field>
        <div className="jy-fields-row">
          <Field field="from" label={t('system.from')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                type="date"
                value={from}
                onChange={(event) => {
                  setFrom(event.target.value);
                  changed('from');
                }}
              />
            )}
          </Field>
          <Field field="to" label={t('system.to')} errors={errors} optional>
            {(control) => (
              <Input
                {...control}
                type="date"
                value={to}
                onChange={(event) => {
                  setTo(event.target.value);
                  changed('to');
                }}
              />
            )}
          </Field>
        </div>
        <p className="jy-hint">{t('system.toHint')}</p>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('system.linkProject')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
