// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readOpenApi } from './openapi';

// Vitest runs in the folder of the package.
const contract = await readFile('../gateway/openapi.yaml', 'utf8');

describe('the contract', () => {
  const source = parse(contract);
  const document = readOpenApi(source);
  const operations = document.tags.flatMap((tag) => tag.operations);

  it('is shown whole: every operation and every schema', () => {
    const paths = Object.entries<object>(source.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => method !== 'parameters')
        .map((method) => `${method} ${path}`),
    );
    expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
      paths.toSorted(),
    );
    expect(document.schemas.map(({ name }) => name)).toEqual(
      Object.keys(source.components.schemas),
    );
  });

  it('has a command for every operation, with its path filled in', () => {
    for (const { curl, path } of operations) {
      expect(curl).toMatch(/^curl .*'http/);
      expect(curl).not.toContain('{id}');
      expect(curl).toContain(path.split('{')[0]);
    }
    const one = operations.find(({ id }) => id === 'getIncident');
    expect(one?.curl).toContain('/api/v1/incidents/openai%2F8kb29fwgbp25');
  });

  it('names types and follows references', () => {
    const list = operations.find(({ id }) => id === 'listIncidents');
    expect(list?.parameters.find(({ name }) => name === 'impact')).toMatchObject({
      type: 'Impact[]',
      schema: 'Impact',
      where: 'query',
    });
    expect(list?.answers.find(({ status }) => status === '404')).toBeUndefined();
    expect(list?.answers.find(({ status }) => status === '400')?.description).toContain(
      'parameter',
    );
    const incident = document.schemas.find(({ name }) => name === 'Incident');
    expect(incident?.fields.find(({ name }) => name === 'id')).toMatchObject({ required: true });
  });

  it.each([null, 7, 'text', [], { paths: { '/x': { get: 1 } } }])('survives %j', (odd) => {
    expect(() => readOpenApi(odd)).not.toThrow();
  });
});
