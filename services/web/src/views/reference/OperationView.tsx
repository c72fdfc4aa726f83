// SPDX-License-Identifier: Apache-2.0
import { Copyable } from '../../components/Copyable';
import { texts } from '../../texts';
import type { Field, Operation, Schema } from './openapi';
import styles from './ReferenceView.module.css';
import { Words } from './Words';

const words = texts.reference;

export function TypeWord({ type, schema }: { type: string; schema?: string | undefined }) {
  return schema ? (
    <a href={`#schema-${schema}`} className={styles.type}>
      {type}
    </a>
  ) : (
    <code className={styles.type}>{type}</code>
  );
}

function Fields({ fields, label }: { fields: readonly Field[]; label: string }) {
  return (
    <dl className={styles.fields} aria-label={label}>
      {fields.map((field) => (
        <div key={field.name} className={styles.field}>
          <dt>
            <code className={styles.name}>{field.name}</code>
            <TypeWord type={field.type} schema={field.schema} />
            {field.required && <span className={styles.required}>{words.required}</span>}
          </dt>
          <dd>
            <Words text={field.description} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function OperationView({ operation }: { operation: Operation }) {
  const good = operation.answers.find(({ status }) => status.startsWith('2'));
  const others = operation.answers.filter((answer) => answer !== good);
  return (
    <section className={styles.operation} id={operation.id} aria-labelledby={`${operation.id}-h`}>
      <h3 id={`${operation.id}-h`} className={styles.summary}>
        {operation.summary}
      </h3>
      <p className={styles.path}>
        <span className={styles.method} data-method={operation.method}>
          {operation.method}
        </span>
        <code>{operation.path}</code>
      </p>
      <Words text={operation.description} className={styles.prose} />
      <Copyable text={operation.curl} label={words.command(operation.summary)} />
      {operation.parameters.length > 0 && (
        <details className={styles.more}>
          <summary>{words.parameters(operation.parameters.length)}</summary>
          <Fields fields={operation.parameters} label={words.parametersOf(operation.summary)} />
        </details>
      )}
      {operation.body && (
        <p className={styles.line}>
          {words.body} <TypeWord type={operation.body} schema={operation.body} />
        </p>
      )}
      {good && (
        <details className={styles.more}>
          <summary>
            {words.answer(good.status)}{' '}
            <span className={styles.note}>{good.description.replace(/\s+/g, ' ')}</span>
          </summary>
          {good.schema && (
            <p className={styles.line}>
              <TypeWord type={good.schema} schema={good.schema} />
            </p>
          )}
          {good.example && (
            <Copyable text={good.example} label={words.example(operation.summary)} />
          )}
        </details>
      )}
      {others.length > 0 && (
        <details className={styles.more}>
          <summary>
            {words.otherAnswers}{' '}
            <code className={styles.note}>{others.map(({ status }) => status).join(' ')}</code>
          </summary>
          <dl className={styles.others}>
            {others.map(({ status, description }) => (
              <div key={status}>
                <dt>
                  <code>{status}</code>
                </dt>
                <dd>
                  <Words text={description} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

export function SchemaView({ schema }: { schema: Schema }) {
  return (
    <details className={styles.schema} id={`schema-${schema.name}`}>
      <summary>
        <code className={styles.name}>{schema.name}</code>
        {schema.fields.length === 0 && <code className={styles.type}>{schema.type}</code>}
      </summary>
      <Words text={schema.description} className={styles.prose} />
      {schema.fields.length > 0 && (
        <Fields fields={schema.fields} label={words.fieldsOf(schema.name)} />
      )}
    </details>
  );
}
