// SPDX-License-Identifier: Apache-2.0
// Writes src/api/types.ts from the schemas of services/gateway/openapi.yaml; with --check only compares.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const source = new URL('../../gateway/openapi.yaml', import.meta.url);
const target = new URL('../src/api/types.ts', import.meta.url);

const { openapi, info, components } = parse(await readFile(source, 'utf8'));
// The web names its paths itself (src/api/queries.ts): the shapes of the answers are all that it takes from the contract.
const schemas = { openapi, info, paths: {}, components: { schemas: components.schemas } };
const text = `// SPDX-License-Identifier: Apache-2.0
// Generated from services/gateway/openapi.yaml by "npm run generate". Do not edit.

${astToString(await openapiTS(schemas))}`;

if (!process.argv.includes('--check')) {
  await writeFile(target, text);
} else if ((await readFile(target, 'utf8')) !== text) {
  process.stderr.write('src/api/types.ts is not what openapi.yaml says: npm run generate\n');
  process.exitCode = 1;
}
