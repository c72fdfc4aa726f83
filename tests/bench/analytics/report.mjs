// SPDX-License-Identifier: Apache-2.0
// Makes one table of what the programs measured. Usage: node report.mjs RESULTS.csv
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const lines = readFileSync(process.argv[2], 'utf8').trim().split('\n');
const results = lines.map((line) => {
  const [measure, system, n, question, threads, p50, p99, runs] = line.split(',');
  return { measure, system, n: Number(n), question, threads: Number(threads), p50: Number(p50), p99: Number(p99), runs };
});
const sizes = [...new Set(results.map((r) => r.n))].sort((a, b) => a - b);
const find = (system, n, question, measure = 'cold') =>
  results.find((r) => r.system === system && r.n === n && r.question === question && r.measure === measure);

const pairs = readFileSync(join(here, 'queries.sql'), 'utf8')
  .match(/^-- name: .*$/gm)
  .map((line) => line.slice('-- name: '.length).split(' '));
const text = (value) => (value === undefined ? '' : value.toFixed(value < 10 ? 2 : 0));
const ratio = (other, ours) => (other === undefined || !ours ? '' : `${(other / ours).toFixed(1)}×`);

console.log('| incidents | question | FAILS ms | DuckDB ms | | PostgreSQL ms | |');
console.log('|---:|---|---:|---:|---:|---:|---:|');
for (const n of sizes) {
  const row = (name, ours, duck, postgres) =>
    console.log(
      `| ${n} | ${name} | ${text(ours)} | ${text(duck)} | ${ratio(duck, ours)} | ${text(postgres)} | ${ratio(postgres, ours)} |`,
    );
  const sum = (system) => {
    const all = pairs.map(([name]) => find(system, n, name)?.p50);
    return all.some((value) => value === undefined) ? undefined : all.reduce((a, b) => a + b, 0);
  };
  for (const [name, analysis] of pairs) {
    row(`${name} / ${analysis}`, find('fails', n, analysis)?.p50, find('duckdb', n, name)?.p50, find('postgresql', n, name)?.p50);
  }
  const together = results.find((r) => r.system === 'fails' && r.n === n && r.measure === 'cold' && r.question.startsWith('all '));
  row(`their eight / our ${together?.question ?? 'all'}`, together?.p50, sum('duckdb'), sum('postgresql'));
}

console.log('\n| incidents | measure | threads | p50 | p99 |');
console.log('|---:|---|---:|---:|---:|');
for (const r of results.filter((each) => each.system === 'fails')) {
  const unit = r.measure === 'bytes' ? 'bytes an incident' : 'ms';
  console.log(`| ${r.n} | ${r.measure}: ${r.question}, ${unit} | ${r.threads} | ${text(r.p50)} | ${r.measure === 'bytes' ? '' : text(r.p99)} |`);
}
