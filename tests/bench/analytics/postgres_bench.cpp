// SPDX-License-Identifier: Apache-2.0
// The questions of queries.sql, asked to a private PostgreSQL that holds the same data.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <pqxx/pqxx>
#include <pqxx/stream_to>
#include <sstream>
#include <string>

#include "absl/strings/str_replace.h"
#include "common/testing/private_postgres.h"
#include "tests/bench/analytics/latency.h"
#include "tests/bench/analytics/options.h"
#include "tests/bench/analytics/tables.h"

namespace fails::bench {
namespace {

constexpr char kFolder[] = FAILS_SOURCE_DIR "/tests/bench/analytics/";

std::string ReadWhole(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw std::runtime_error("cannot read " + path);
  return text.str();
}

struct Question {
  std::string name;
  std::string sql;
};

std::vector<Question> Questions() {
  std::vector<Question> questions;
  std::istringstream in(ReadWhole(std::string(kFolder) + "queries.sql"));
  for (std::string line; std::getline(in, line);) {
    constexpr std::string_view kName = "-- name: ";
    if (line.starts_with(kName)) {
      questions.push_back(
          {line.substr(kName.size(), line.find(' ', kName.size()) - kName.size()), ""});
    } else if (!questions.empty()) {
      questions.back().sql += line + "\n";
    }
  }
  for (Question& question : questions) {
    question.sql = absl::StrReplaceAll(
        question.sql, {{"{days}",
                        "generate_series(date_trunc('day', a), date_trunc('day', b), "
                        "interval '1 day')"}});
  }
  return questions;
}

void Load(pqxx::connection& connection, const Synthetic& data) {
  pqxx::work tx(connection);
  tx.exec(ReadWhole(std::string(kFolder) + "schema.sql"));
  tx.commit();
  const auto null_or = [](const std::string& text) {
    return text.empty() ? nullptr : text.c_str();
  };
  {
    pqxx::work copy(connection);
    pqxx::stream_to table(copy, "incident");
    ForEachLine(
        data,
        [&](const IncidentLine& line) {
          table << std::make_tuple(line.incident, line.provider, line.impact,
                                   null_or(line.recovery_started), null_or(line.started),
                                   null_or(line.resolved), null_or(line.closed));
        },
        [](std::int64_t, const std::string&) {});
    table.complete();
    copy.commit();
  }
  {
    pqxx::work copy(connection);
    pqxx::stream_to table(copy, "incident_service");
    ForEachLine(
        data, [](const IncidentLine&) {},
        [&](std::int64_t incident, const std::string& service) {
          table << std::make_tuple(incident, service);
        });
    table.complete();
    copy.commit();
  }
  pqxx::nontransaction(connection).exec("ANALYZE");
}

void Run(const Options& options) {
  const Synthetic data(options.incidents, options.seed);
  const auto database = testing::PrivatePostgres::Get().NewDatabase();
  pqxx::connection connection(database.owner_url());
  Print("load", "postgresql", options.incidents, "all", 1,
        LatencyOf({Milliseconds([&] { Load(connection, data); })}));
  pqxx::nontransaction tx(connection);
  tx.exec("SET work_mem = '256MB'");
  tx.exec("SET max_parallel_workers_per_gather = 2");
  for (const Question& question : Questions()) {
    tx.exec(question.sql);  // once to warm up
    Print("cold", "postgresql", options.incidents, question.name, 1,
          Measure(1, options.runs, [&](std::size_t) { tx.exec(question.sql); }));
  }
}

}  // namespace
}  // namespace fails::bench

int main(int argc, char** argv) {
  try {
    fails::bench::Run(fails::bench::ReadOptions(
        argc, argv, "Asks a private PostgreSQL the questions of queries.sql."));
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
