// SPDX-License-Identifier: Apache-2.0
// An OpenAPI document as the page shows it: operations by tag, schemas by name. What is not understood is left out.

type Plain = Record<string, unknown>;

export interface Field {
  name: string;
  type: string;
  /** The schema that the type names. */
  schema?: string;
  required: boolean;
  description: string;
}

export interface Parameter extends Field {
  where: string;
  example: string;
}

export interface Answer {
  status: string;
  description: string;
  schema?: string;
  example?: string;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  tag: string;
  parameters: Parameter[];
  body?: string;
  answers: Answer[];
  curl: string;
}

export interface Schema {
  name: string;
  description: string;
  type: string;
  fields: Field[];
}

export interface ApiDocument {
  title: string;
  version: string;
  summary: string;
  description: string;
  tags: { name: string; description: string; operations: Operation[] }[];
  schemas: Schema[];
}

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const plain = (value: unknown): Plain => (isPlain(value) ? value : {});
const text = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : value == null ? '' : String(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const local = /^#\/components\/(\w+)\/([\w.-]+)$/;

export function readOpenApi(source: unknown): ApiDocument {
  const root = plain(source);
  const components = plain(root.components);

  const resolve = (value: unknown): Plain => {
    const [, kind, name] = local.exec(text(plain(value).$ref)) ?? [];
    return kind && name ? plain(plain(components[kind])[name]) : plain(value);
  };
  const refName = (value: unknown): string | undefined =>
    /^#\/components\/schemas\/([\w.-]+)$/.exec(text(plain(value).$ref))?.[1];

  const typeOf = (value: unknown): { type: string; schema?: string } => {
    const name = refName(value);
    if (name !== undefined) return { type: name, schema: name };
    const schema = plain(value);
    if (schema.type === 'array') {
      const items = typeOf(schema.items);
      return { ...items, type: `${items.type}[]` };
    }
    const parts = [...list(schema.anyOf), ...list(schema.oneOf), ...list(schema.allOf)];
    if (parts.length > 0) return { type: parts.map((part) => typeOf(part).type).join(' | ') };
    if (schema.const !== undefined) return { type: JSON.stringify(schema.const) };
    if (Array.isArray(schema.enum)) return { type: schema.enum.map(String).join(' | ') };
    const type = list(schema.type).length > 0 ? list(schema.type).join(' | ') : text(schema.type);
    const format = text(schema.format);
    return { type: `${type || 'any'}${format === '' ? '' : ` (${format})`}` };
  };

  const fieldsOf = (value: unknown): Field[] => {
    const schema = resolve(value);
    const required = new Set(list(schema.required));
    const own = Object.entries(plain(schema.properties)).map(([name, each]) => ({
      name,
      ...typeOf(each),
      required: required.has(name),
      description: text(plain(each).description),
    }));
    return [...list(schema.allOf).flatMap(fieldsOf), ...own];
  };

  const say = (value: unknown): string =>
    typeof value === 'string' ? value : JSON.stringify(value, null, 2);

  const contentOf = (value: unknown): { schema?: string; example?: string } => {
    const [, media] = Object.entries(plain(value))[0] ?? [];
    if (!isPlain(media)) return {};
    const { schema, type } = typeOf(media.schema);
    return {
      ...(schema ? { schema } : type !== 'any' && { schema: type }),
      ...(media.example !== undefined && { example: say(media.example) }),
    };
  };

  const parameterOf = (value: unknown): Parameter => {
    const parameter = resolve(value);
    const example = parameter.example;
    return {
      name: text(parameter.name),
      where: text(parameter.in),
      ...typeOf(parameter.schema),
      required: parameter.required === true,
      description: text(parameter.description),
      example: Array.isArray(example) ? example.join(',') : text(example),
    };
  };

  const curlOf = (
    method: string,
    path: string,
    parameters: readonly Parameter[],
    body?: string,
  ) => {
    const filled = parameters
      .filter(({ where }) => where === 'path')
      .reduce(
        (address, { name, example }) =>
          address.replace(`{${name}}`, encodeURIComponent(example || name.toUpperCase())),
        path,
      );
    const query = parameters
      .filter(({ where, example }) => where === 'query' && example !== '')
      .slice(0, 2)
      .map(({ name, example }) => `${name}=${encodeURIComponent(example).replaceAll('%2C', ',')}`)
      .join('&');
    const flags = method === 'get' ? '' : `-X ${method.toUpperCase()} `;
    const json = body
      ? ` -H 'content-type: application/json' -d '${body.replaceAll("'", "'\\''")}'`
      : '';
    const url = `${window.location.origin}${filled}${query === '' ? '' : `?${query}`}`;
    return `curl ${flags}'${url}'${json}`;
  };

  const operations = Object.entries(plain(root.paths)).flatMap(([path, item]) => {
    const shared = list(plain(item).parameters);
    return methods.flatMap((method): Operation[] => {
      const operation = plain(item)[method];
      if (!isPlain(operation)) return [];
      const parameters = [...shared, ...list(operation.parameters)].map(parameterOf);
      const request = contentOf(plain(resolve(operation.requestBody)).content);
      const compact = request.example?.replace(/\s*\n\s*/g, ' ');
      return [
        {
          id: text(operation.operationId) || `${method} ${path}`,
          method,
          path,
          summary: text(operation.summary),
          description: text(operation.description),
          tag: text(list(operation.tags)[0]),
          parameters,
          ...(request.schema !== undefined && { body: request.schema }),
          answers: Object.entries(plain(operation.responses)).map(([status, value]) => ({
            status,
            description: text(resolve(value).description),
            ...contentOf(resolve(value).content),
          })),
          curl: curlOf(method, path, parameters, compact),
        },
      ];
    });
  });

  const info = plain(root.info);
  const known = list(root.tags).map((tag) => ({
    name: text(plain(tag).name),
    description: text(plain(tag).description),
  }));
  const others = [...new Set(operations.map(({ tag }) => tag))]
    .filter((tag) => !known.some(({ name }) => name === tag))
    .map((name) => ({ name, description: '' }));
  return {
    title: text(info.title),
    version: text(info.version),
    summary: text(info.summary),
    description: text(info.description),
    tags: [...known, ...others]
      .map((tag) => ({ ...tag, operations: operations.filter((each) => each.tag === tag.name) }))
      .filter((tag) => tag.operations.length > 0),
    schemas: Object.entries(plain(components.schemas)).map(([name, schema]) => ({
      name,
      description: text(plain(schema).description),
      type: typeOf(schema).type,
      fields: fieldsOf(schema),
    })),
  };
}
