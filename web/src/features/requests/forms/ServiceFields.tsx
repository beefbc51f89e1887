import { Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { Choose } from '../../../ui/forms/Choose';
import { type ControlProps, Field } from '../../../ui/forms/Field';
import { type Choices, type ServiceDraft, withService } from './line-draft';
import type { KindFieldsProps } from './line-fields';
import { PricedName } from './PricedName';

type Question = Choices['catalog']['services'][number]['definition']['fields'][number];

/** A text that asks for more than one line of it. */
const LONG_TEXT = 100;

/** A service and the questions of its own definition. */
export function ServiceFields({ line, at, choices, errors, onChange }: KindFieldsProps<ServiceDraft>) {
  const { t } = useTranslation();
  const { services } = choices.catalog;
  const service = services.find((candidate) => candidate.id === line.offerId);
  const { definition } = service ?? {};
  return (
    <>
      <Field
        field={at('offerId')}
        label={t('requestLine.service')}
        hint={definition && `${definition.summary} · ${t(`requestLine.fulfilment.${definition.fulfilment}`)}`}
        errors={errors}
      >
        {(control) => (
          <Choose
            {...control}
            className="jy-full"
            showSearch={{
              filterOption: (input, option) => Boolean(option?.search?.includes(input.trim().toLowerCase())),
            }}
            placeholder={t('requestLine.servicePlaceholder')}
            value={line.offerId}
            onChange={(offerId: string) => onChange(withService(line, offerId))}
            options={services.map((one) => ({
              value: one.id,
              search: `${one.name} ${one.code} ${one.definition.summary}`.toLowerCase(),
              label: (
                <PricedName
                  name={one.name}
                  monthlyPrice={one.definition.monthlyPrice}
                  per={t('requestLine.perUnitOf', { unit: one.definition.unit })}
                />
              ),
            }))}
          />
        )}
      </Field>
      {definition && (
        <ServiceQuestions
          questions={definition.fields}
          at={at}
          errors={errors}
          answers={line.answers}
          onChange={(answers) => onChange({ ...line, answers })}
        />
      )}
    </>
  );
}

type QuestionsProps = {
  questions: readonly Question[];
  at: (field: string) => string;
  errors: KindFieldsProps<ServiceDraft>['errors'];
  answers: Readonly<Record<string, string>>;
  onChange: (answers: Record<string, string>) => void;
};

/** What a service's definition asks; also of one that runs and changes. */
export function ServiceQuestions({ questions, at, errors, answers, onChange }: QuestionsProps) {
  const { t } = useTranslation();
  if (questions.length === 0) return null;
  return (
    <div className="jy-fields-row">
      {questions.map((question) => (
        <Field
          key={question.key}
          field={at(`answers.${question.key}`)}
          label={question.label}
          hint={hintOf(question, t('requestLine.addressHint'))}
          optional={!question.required}
          errors={errors}
        >
          {(control) => (
            <Answer
              control={control}
              question={question}
              value={answers[question.key] ?? ''}
              onChange={(value) => onChange({ ...answers, [question.key]: value })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

/** What is not plain from the question's name: the range of a number, how an address is written. */
function hintOf({ type, minimum, maximum }: Question, address: string): string | undefined {
  if (type === 'IP') return address;
  if (type !== 'NUMBER' || (minimum === null && maximum === null)) return undefined;
  return `${minimum ?? ''} – ${maximum ?? ''}`;
}

type AnswerProps = { control: ControlProps; question: Question; value: string; onChange: (value: string) => void };

/** The control that its type asks for. What is typed stays text: the server reads it by the same definition. */
function Answer({ control, question, value, onChange }: AnswerProps) {
  const { t } = useTranslation();
  const text = { ...control, value, onChange: (event: { target: { value: string } }) => onChange(event.target.value) };
  switch (question.type) {
    case 'CHOICE':
      return (
        <Choose
          {...control}
          className="jy-full"
          allowClear={!question.required}
          placeholder={t('requestLine.choose')}
          value={value || undefined}
          onChange={(chosen: string | undefined) => onChange(chosen ?? '')}
          options={question.choices.map((choice) => ({ value: choice.value, label: choice.label }))}
        />
      );
    case 'NUMBER':
      return (
        <InputNumber
          {...control}
          className="jy-full"
          stringMode
          value={value}
          onChange={(number) => onChange(number ?? '')}
        />
      );
    case 'DATE':
      return <Input {...text} type="date" />;
    case 'TEXT':
      return (question.lengthMaximum ?? LONG_TEXT) > LONG_TEXT ? (
        <Input.TextArea {...text} rows={2} maxLength={question.lengthMaximum ?? undefined} />
      ) : (
        <Input {...text} autoComplete="off" maxLength={question.lengthMaximum ?? undefined} />
      );
    default:
      return <Input {...text} autoComplete="off" spellCheck={false} />;
  }
}
