// SPDX-License-Identifier: Apache-2.0
// The questions of queries.sql, asked to DuckDB in memory with two threads, over the CSV files that
// fails-bench-analytics --csv wrote. Usage: node compare_duckdb.mjs FOLDER INCIDENTS [RUNS]
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const here = dirname(fileURLToPath(import.meta.url));
const [folder, incidents, runs = '20'] = process.argv.slice(2);
if (!folder || !incidents) {
  console.error('usage: node compare_duckdb.mjs FOLDER INCIDENTS [RUNS]');
  process.exit(2);
}

function questions() {
  return readFileSync(join(here, 'queries.sql'), 'utf8')
    .split('-- name: ')
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      const days = "unnest(generate_series(date_trunc('day', a), date_trunc('day', b), interval '1 day'))";
      return { name: part.slice(0, end).split(' ')[0], sql: part.slice(end).replaceAll('{days}', days) };
    });
}

function print(measure, question, times) {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.round(share * (times.length - 1))].toFixed(3);
  console.log(`${measure},duckdb,${incidents},${question},1,${at(0.5)},${at(0.99)},${times.length}`);
}

async function milliseconds(run) {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const load = await milliseconds(async () => {
  await connection.run(readFileSync(join(here, 'schema.sql'), 'utf8'));
  for (const table of ['incident', 'incident_service']) {
    const path = join(folder, `${table}.csv`).replaceAll("'", "''");
    await connection.run(`COPY ${table} FROM '${path}' (FORMAT csv, HEADER false, NULLSTR '')`);
  }
});
print('load', 'all', [load]);
for (const { name, sql } of questions()) {
  // The rows are fetched too, as a client of ours gets them.
  const ask = async () => (await connection.runAndReadAll(sql)).currentRowCount;
  if ((await ask()) === 0) throw new Error(`${name} answers nothing`);
  const times = [];
  for (let i = 0; i < Number(runs); ++i) times.push(await milliseconds(ask));
  print('cold', name, times);
}
connection.closeSync();
instance.closeSync();
