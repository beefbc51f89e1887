import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import type { Title } from './edition-draft';

const TITLE_LONGEST = 40;

type Props = { path: string; value: Title; errors: readonly FormError[]; onChange: (title: Title) => void };

/** A name in both languages: the screen has both. */
export function TitleFields({ path, value, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {(['zh', 'en'] as const).map((language) => (
        <Field key={language} field={`${path}.title.${language}`} label={t(`chains.${language}`)} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={TITLE_LONGEST}
              value={value[language]}
              onChange={(event) => onChange({ ...value, [language]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </>
  );
}
