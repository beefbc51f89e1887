import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { type DrLinkFacts, SetDrLinkPathsMutation } from '../dr.gql';

export type DrLink = ResultOf<typeof DrLinkFacts>;

/** One line a way: whoever laid them knows them by their words. */
export function PathsDialog({ link, onClose }: { link: DrLink; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const ends = [link.from, link.to];
  const [texts, setTexts] = useState(() =>
    ends.map(({ role }) =>
      link.arbiterPaths
        .filter(({ from }) => from === role)
        .map(({ target, via }) => (target ? `${via} @${target}` : via))
        .join('\n'),
    ),
  );
  const { send, busy } = useOutcome(SetDrLinkPathsMutation);
  const submit = async () => {
    const arbiterPaths = ends.flatMap(({ role }, at) =>
      (texts[at] ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
        .map((line) => ({ from: role, ...wayOf(line) })),
    );
    const { data, errors } = await send({ id: link.id, expectedVersion: link.version, arbiterPaths });
    if (!data) return form.refuse(errors);
    notice(t('dr.saved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('dr.pathsTitle', { from: link.from.name, to: link.to.name })}
      submit={t('dr.save')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('dr.pathsText')}</p>
      {ends.map(({ id, name }, at) => (
        <Field
          key={id}
          field={`arbiterPaths.${at}`}
          label={t('dr.pathsFrom', { center: name })}
          errors={form.errors}
          optional
        >
          {(control) => (
            <Input.TextArea
              {...control}
              rows={3}
              value={texts[at]}
              onChange={(event) => setTexts(texts.map((text, one) => (one === at ? event.target.value : text)))}
            />
          )}
        </Field>
      ))}
    </DialogForm>
  );
}

/** "电信专线 @10.1.0.9:3260": the way, and where the arbiter answers by it. */
function wayOf(line: string): { via: string; target: string | null } {
  const at = line.lastIndexOf('@');
  return at < 0
    ? { via: line, target: null }
    : { via: line.slice(0, at).trim(), target: line.slice(at + 1).trim() || null };
}
